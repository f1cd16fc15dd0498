import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRoots } from "../../../../src/tools/places/roots.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(await realpath(tmpdir()), "eigenlens-"));
  for (const name of ["root", "root2", "root/inner", "other"]) await mkdir(join(home, name));
  await writeFile(join(home, "root/inner/x.npy"), "");
  await symlink(join(home, "root"), join(home, "alias"));
  await symlink(join(home, "other"), join(home, "root/out"));
  await symlink(join(home, "root/inner"), join(home, "root/in"));
  await symlink("loop", join(home, "root/loop"));
});
afterAll(() => rm(home, { recursive: true }));

describe("roots", () => {
  it.each([
    ["root", "root"],
    ["root", "root/inner/x.npy"],
    ["root", "root/in/x.npy"],
    ["root", "root/inner/new/deeper.npy"],
    ["alias", "alias/inner/x.npy"],
    ["alias", "root/inner/x.npy"],
  ])("%s allow %s", async (root, path) => {
    const roots = await openRoots([join(home, root)]);
    await expect(roots.check(join(home, path))).resolves.toBeUndefined();
  });

  it.each([
    ["root2/x.npy"],
    ["roots"],
    ["other"],
    ["root/out"],
    ["root/out/new.npy"],
    ["root/loop"],
  ])("refuse %s", async (path) => {
    const roots = await openRoots([join(home, "root")]);
    await expect(roots.check(join(home, path))).rejects.toThrow(/lies outside the folders/);
  });

  it("refuse a way up that a link would turn elsewhere", async () => {
    const roots = await openRoots([join(home, "root")]);
    const path = `${home}/root/out/../inner/x.npy`;
    await expect(roots.check(path)).rejects.toThrow(/lies outside the folders/);
  });

  it("allow addresses below an address, and no way up from it", async () => {
    const roots = await openRoots(["vscode-vfs://host/repository", join(home, "root")]);
    await roots.check("vscode-vfs://host/repository/a/him.npy");
    for (const path of [
      "vscode-vfs://host/repository2/him.npy",
      "vscode-vfs://host/repository/../secret",
      "vscode-vfs://host/repository/%2e%2E/secret",
      "vscode-vfs://host/repository/a%2f..%2f../secret",
      `file://${join(home, "root")}`,
    ]) {
      await expect(roots.check(path)).rejects.toThrow(/lies outside the folders/);
    }
  });

  it("allow nothing if there are none, and must be folders", async () => {
    const roots = await openRoots([]);
    await expect(roots.check(join(home, "root"))).rejects.toThrow(/be used \(none\)/);
    await expect(openRoots([join(home, "root/inner/x.npy")])).rejects.toThrow(/is no folder/);
  });
});
