import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeAtomically } from "../../../../extension/runs/atomicFile.ts";

describe("atomic writing", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "eigenlens-atomic-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("replaces a file and leaves no temporary one", async () => {
    const path = join(folder, "a.json");
    await writeFile(path, "old");
    await writeAtomically(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("says in one line what could not be written, and cleans up", async () => {
    // A folder that is not empty cannot be replaced by a file.
    const path = join(folder, "taken");
    await mkdir(path);
    await writeFile(join(path, "inside"), "");
    await expect(writeAtomically(path, "new")).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/taken could not be written \(.+\): make room/),
    });
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  it("says so where the folder is gone", async () => {
    await expect(writeAtomically(join(folder, "no", "a"), "new")).rejects.toThrow(/ENOENT/);
  });
});
