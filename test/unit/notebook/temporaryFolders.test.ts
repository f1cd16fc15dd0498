import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { processSpace } from "../../../src/files/processes.ts";
import { TemporaryFolders } from "../../../src/notebook/temporaryFolders.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("folders for copies", () => {
  it("go with all in them, each at its time or all at the end", async () => {
    const folders = new TemporaryFolders(join(root, "notebook"));
    const made = [await folders.make(), await folders.make(), await folders.make()];
    for (const { path } of made) await writeFile(join(path, "him.safetensors"), "x");
    made[0]?.dispose();
    expect(await readdir(join(root, "notebook"))).toHaveLength(2);
    made[0]?.dispose();
    folders.dispose();
    expect(await readdir(join(root, "notebook"))).toEqual([]);
  });

  it("that a crash left are swept, and no one else's", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const crashed = `${processSpace}-${pid}-00ff`;
    const others = ["0000aaaa-1-00ff", "notes", `${processSpace}-x`];
    for (const name of [crashed, ...others]) await mkdir(join(root, name));
    const folders = new TemporaryFolders(root);
    const own = await folders.make();
    await folders.sweep();
    expect((await readdir(root)).sort()).toEqual([...others, basename(own.path)].sort());
  });

  it("are none if there is nothing to sweep", async () => {
    await new TemporaryFolders(join(root, "never")).sweep();
    expect(await readdir(root)).toEqual([]);
  });
});
