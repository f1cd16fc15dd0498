import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFileWhole } from "../../../src/runs/writeFileWhole.ts";

describe("writing a file whole", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "eigenlens-whole-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("replaces a file and leaves no temporary one", async () => {
    const path = join(folder, "a.json");
    await writeFile(path, "old");
    await writeFileWhole(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("writes parts one after the other", async () => {
    const path = join(folder, "parts");
    await writeFileWhole(path, [Buffer.from("one "), new Uint8Array(0), Buffer.from("two")]);
    expect(await readFile(path, "utf8")).toBe("one two");
  });

  it("says in one line what could not be written, and cleans up", async () => {
    // A folder that is not empty cannot be replaced by a file.
    const path = join(folder, "taken");
    await mkdir(path);
    await writeFile(join(path, "inside"), "");
    await expect(writeFileWhole(path, "new")).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/taken could not be written: .+; nothing was left behind/),
    });
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  it("says so where the folder is gone", async () => {
    await expect(writeFileWhole(join(folder, "no", "a"), "new")).rejects.toThrow(
      /its folder does not exist/,
    );
  });
});
