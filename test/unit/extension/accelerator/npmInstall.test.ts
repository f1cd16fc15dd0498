import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tensorflowFolders } from "../../../../extension/accelerator/acceleratorFolders.ts";
import { folderSize, installPackage } from "../../../../extension/accelerator/npmInstall.ts";

describe("installing a package", () => {
  let home: string;
  const folder = () => join(home, "installed");
  const request = (specification: string, signal = new AbortController().signal) => ({
    specification,
    folder: folder(),
    signal,
    onLine: () => undefined,
    onSize: () => undefined,
  });

  /** A package on the disk, so that npm needs no network. */
  async function packageOnDisk(scripts: Record<string, string>): Promise<string> {
    const path = join(home, "package");
    await mkdir(path);
    await writeFile(
      join(path, "package.json"),
      JSON.stringify({ name: "accelerator", version: "1.0.0", scripts }),
    );
    await writeFile(join(path, "index.js"), "module.exports = 'loaded';\n");
    return path;
  }

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "eigenlens-npm-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));

  it("puts it into its folder, whole", async () => {
    await installPackage(request(await packageOnDisk({})));
    const installed = join(folder(), "node_modules", "accelerator", "index.js");
    expect(await readFile(installed, "utf8")).toContain("loaded");
    expect(await folderSize(folder())).toBeGreaterThan(30);
    expect((await readdir(home)).sort()).toEqual(["installed", "package"]);
  });

  it("keeps nothing of a package whose install script fails, and says what npm said", async () => {
    const failing = await packageOnDisk({ install: 'node -e "process.exit(3)"' });
    await expect(installPackage(request(failing))).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/was not installed: .+Nothing was kept/),
    });
    expect(await readdir(home)).toEqual(["package"]);
  });

  it("ends everything it began when it is cancelled", async () => {
    const slow = await packageOnDisk({ install: 'node -e "setTimeout(() => {}, 60000)"' });
    const stop = new AbortController();
    const started = performance.now();
    const installing = installPackage(request(slow, stop.signal));
    setTimeout(() => stop.abort(), 1500);
    await expect(installing).rejects.toMatchObject({ code: "cancelled" });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await readdir(home)).toEqual(["package"]);
  });
});

describe("where the accelerator is looked for", () => {
  it("puts the user's choice first", () => {
    expect(tensorflowFolders(" /opt/tf ", "/storage", "/extension")).toEqual([
      "/opt/tf",
      join("/storage", "tensorflow"),
      "/extension",
    ]);
    expect(tensorflowFolders("", "/storage", "/extension")).toHaveLength(2);
  });
});
