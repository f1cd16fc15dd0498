import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copySamples, sampleNames } from "../../../../extension/samples/copySamples.ts";

describe("copying the sample data", () => {
  let parent: string;
  let folder: string;
  const original = (name: string) => readFile(join("samples", name));
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "eigenlens-samples-"));
    folder = join(parent, "storage", "samples");
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it("makes the folder and fills it", async () => {
    await copySamples("samples", folder);
    expect((await readdir(folder)).sort()).toEqual([...sampleNames].sort());
    for (const name of sampleNames) {
      expect(await readFile(join(folder, name))).toEqual(await original(name));
    }
  });

  it("copies everything that the project calls a sample", async () => {
    expect((await readdir("samples")).sort()).toEqual([...sampleNames].sort());
  });

  it("leaves what the user put or changed there, and brings back what is missing", async () => {
    await copySamples("samples", folder);
    await writeFile(join(folder, "him-her.ged.safetensors"), "a run");
    await mkdir(join(folder, "mine"));
    await writeFile(join(folder, "mine", "notes.md"), "notes");
    await writeFile(join(folder, "sentences.json"), "[]");
    await rm(join(folder, "her.npy"));
    await copySamples("samples", folder);
    expect(await readFile(join(folder, "him-her.ged.safetensors"), "utf8")).toBe("a run");
    expect(await readFile(join(folder, "mine", "notes.md"), "utf8")).toBe("notes");
    expect(await readFile(join(folder, "sentences.json"), "utf8")).toBe("[]");
    expect(await readFile(join(folder, "her.npy"))).toEqual(await original("her.npy"));
    expect(await readdir(folder)).toHaveLength(5);
  });

  it("does not write through a link, or over a folder, with the name of a sample", async () => {
    await mkdir(join(folder, "her.npy"), { recursive: true });
    await symlink(join(parent, "elsewhere.npy"), join(folder, "him.npy"));
    await copySamples("samples", folder);
    expect(await readlink(join(folder, "him.npy"))).toBe(join(parent, "elsewhere.npy"));
    expect(await readdir(parent)).toEqual(["storage"]);
    expect(await readdir(join(folder, "her.npy"))).toEqual([]);
    expect(await readFile(join(folder, "sentences.json"))).toEqual(await original("sentences.json"));
  });

  it("gives files that can be changed, though the extension's cannot", async () => {
    const fixed = join(parent, "extension");
    await mkdir(fixed);
    for (const name of sampleNames) {
      await writeFile(join(fixed, name), name);
      await chmod(join(fixed, name), 0o444);
    }
    await copySamples(fixed, folder);
    for (const name of sampleNames) {
      expect((await stat(join(folder, name))).mode & 0o200).toBe(0o200);
    }
  });

  it("says in one line where there can be no folder", async () => {
    await writeFile(join(parent, "storage"), "a file");
    await expect(copySamples("samples", folder)).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/^The sample data could not be copied to [^\n]+$/),
    });
  });
});
