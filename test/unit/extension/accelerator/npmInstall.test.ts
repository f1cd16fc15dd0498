import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  lock,
  specification,
  tensorflowFolders,
} from "../../../../extension/accelerator/acceleratorFolders.ts";
import {
  beginInstallation,
  removeInstallation,
  sweepInstallations,
} from "../../../../extension/accelerator/installations.ts";
import { folderSize, installPackage } from "../../../../extension/accelerator/npmInstall.ts";
import { processSpace } from "../../../../src/files/processes.ts";
import { currentInstallation } from "../../../../src/linalg/tensorflow/installation.ts";

const root = join(import.meta.dirname, "../../../..");

describe("installing what a lock file says", () => {
  let home: string;
  const folder = () => join(home, "installed");
  const request = (locked: string, signal = new AbortController().signal) => ({
    specification: "accelerator@1.0.0",
    lock: locked,
    folder: folder(),
    signal,
    onLine: () => undefined,
    onSize: () => undefined,
  });

  /** A package on the disk, so that npm needs no network, and its lock file. */
  async function lockedPackage(version: string, script?: string): Promise<string> {
    const name = "accelerator";
    const path = join(home, `package-${version}`);
    await mkdir(path, { recursive: true });
    const scripts = script === undefined ? {} : { install: `node -e "${script}"` };
    await writeFile(join(path, "package.json"), JSON.stringify({ name, version, scripts }));
    await writeFile(join(path, "index.js"), `module.exports = "${version}";\n`);
    // As deep as an installation, since the lock file names the package from there.
    const locked = join(home, "locks", version);
    await mkdir(locked, { recursive: true });
    const dependencies = { [name]: `file:../../package-${version}` };
    await writeFile(join(locked, "package.json"), JSON.stringify({ private: true, dependencies }));
    const quiet = ["--offline", "--no-audit", "--no-fund", "--no-update-notifier"];
    const words = ["install", "--package-lock-only", "--install-links", ...quiet];
    const { status } = spawnSync("npm", words, {
      cwd: locked,
      shell: process.platform === "win32",
      timeout: 100_000,
    });
    expect(status).toBe(0);
    return locked;
  }

  /** What whoever loads the accelerator gets at this moment. */
  function loaded(): unknown {
    const installation = currentInstallation(folder());
    if (installation === undefined) return undefined;
    return createRequire(join(installation, "package.json"))("accelerator");
  }

  const installations = async () =>
    (await readdir(folder())).filter((name) => name.startsWith("installation"));

  /** An install script that says that it runs, and for how long it would. */
  const begun = () => join(home, "begun");
  const hanging = () =>
    `require('fs').writeFileSync('${begun()}', String(process.pid)); setTimeout(() => {}, 1e8)`;
  const hangingProcess = () => expect.poll(() => read(begun())).toMatch(/^\d+$/);
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "eigenlens-npm-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));

  it("puts it into a folder of its own, whole, and names that", async () => {
    await installPackage(request(await lockedPackage("1.0.0")));
    expect(loaded()).toBe("1.0.0");
    expect(await folderSize(currentInstallation(folder()) ?? "")).toBeGreaterThan(30);
    expect(await installations()).toHaveLength(1);
    await removeInstallation(folder());
    expect(await readdir(folder())).toEqual([]);
  });

  it("refuses a package that is not the one that was locked", async () => {
    const locked = await lockedPackage("1.0.0");
    const path = join(locked, "package-lock.json");
    const changed = (await readFile(path, "utf8")).replaceAll('"1.0.0"', '"1.0.1"');
    await writeFile(join(locked, "package.json"), '{ "dependencies": { "accelerator": "2" } }');
    await writeFile(path, changed);
    await expect(installPackage(request(locked))).rejects.toMatchObject({ code: "file-access" });
    expect(await readdir(folder())).toEqual([]);
  });

  it("has the old one until the new one is whole, and then no more", async () => {
    await installPackage(request(await lockedPackage("1.0.0")));
    const seen = new Set<unknown>();
    const newer = await lockedPackage("2.0.0");
    const installing = installPackage({ ...request(newer), onLine: () => void seen.add(loaded()) });
    const watching = setInterval(() => seen.add(loaded()), 1);
    await installing.finally(() => clearInterval(watching));
    expect([...seen]).not.toContain(undefined);
    expect([...seen]).toContain("1.0.0");
    expect(loaded()).toBe("2.0.0");
    expect(await installations()).toHaveLength(1);
  });

  it("keeps the old one and nothing of a package whose install script fails, and says what npm said", async () => {
    await installPackage(request(await lockedPackage("1.0.0")));
    const failing = await lockedPackage("2.0.0", "process.exit(3)");
    await expect(installPackage(request(failing))).rejects.toMatchObject({
      code: "file-access",
      message: expect.stringMatching(/was not installed: .+Nothing of it was kept/),
    });
    expect(loaded()).toBe("1.0.0");
    expect(await installations()).toHaveLength(1);
  });

  it("ends everything it began when it is cancelled, and keeps the old one", async () => {
    await installPackage(request(await lockedPackage("1.0.0")));
    const slow = await lockedPackage("2.0.0", hanging());
    const stop = new AbortController();
    const installing = installPackage(request(slow, stop.signal));
    installing.catch(() => undefined);
    await hangingProcess();
    stop.abort();
    await expect(installing).rejects.toMatchObject({ code: "cancelled" });
    const pid = Number(read(begun()));
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(loaded()).toBe("1.0.0");
    expect(await installations()).toHaveLength(1);
  });

  it("leaves the old one if two windows install at once, and one whole one after both", async () => {
    await installPackage(request(await lockedPackage("1.0.0")));
    const [second, third] = [await lockedPackage("2.0.0"), await lockedPackage("3.0.0")];
    const seen = new Set<unknown>();
    const watching = setInterval(() => seen.add(loaded()), 1);
    await Promise.all([installPackage(request(second)), installPackage(request(third))]);
    clearInterval(watching);
    expect([...seen]).not.toContain(undefined);
    expect(["2.0.0", "3.0.0"]).toContain(loaded());
  });

  it("is not harmed by a window that is killed in the midst of it, whose rest is swept later", async () => {
    await installPackage(request(await lockedPackage("1.0.0")));
    const slow = await lockedPackage("2.0.0", hanging());
    const program = join(home, "program.cjs");
    const contents = `import { installPackage } from "./extension/accelerator/npmInstall.ts";
      const none = () => undefined;
      void installPackage({
        ...${JSON.stringify({ specification: "", lock: slow, folder: folder() })},
        signal: new AbortController().signal, onLine: none, onSize: none,
      });`;
    await build({
      stdin: { contents, resolveDir: root, loader: "ts" },
      outfile: program,
      bundle: true,
      platform: "node",
      format: "cjs",
    });
    const window = spawn(process.execPath, [program], { stdio: "ignore" });
    const ended = new Promise((resolve) => window.on("close", resolve));
    await hangingProcess();
    // The other window is still at it: not even a sweep takes away what it needs.
    await sweepInstallations(folder());
    expect(await installations()).toHaveLength(2);
    window.kill("SIGKILL");
    await ended;
    expect(loaded()).toBe("1.0.0");
    process.kill(Number(read(begun())));
    await expect
      .poll(async () => {
        await sweepInstallations(folder());
        return (await installations()).length;
      })
      .toBe(1);
    expect(loaded()).toBe("1.0.0");
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("what interrupted installations have left", () => {
  it("is swept only if its maker was a process of this machine or container, and has ended", async () => {
    const folder = await mkdtemp(join(tmpdir(), "eigenlens-npm-"));
    try {
      const ended = spawnSync(process.execPath, ["--version"]).pid;
      const id = randomUUID();
      const elsewhere = processSpace.startsWith("0") ? "1".repeat(8) : "0".repeat(8);
      const left = `installation-${processSpace}-${ended}-${id}`;
      const stay = [
        `installation-${processSpace}-${process.pid}-${id}`,
        `installation-${elsewhere}-${ended}-${id}`,
        `installation-${ended}-${id}`,
      ];
      for (const name of [left, ...stay]) await mkdir(join(folder, name));
      await sweepInstallations(folder);
      expect((await readdir(folder)).sort()).toEqual(stay.sort());
      expect(await beginInstallation(folder)).toContain(stay[0]?.slice(0, -id.length));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("what names the installation in use", () => {
  it("cannot lead out of its folder, and is nothing if it is damaged", async () => {
    const folder = await mkdtemp(join(tmpdir(), "eigenlens-npm-"));
    try {
      expect(currentInstallation(folder)).toBeUndefined();
      for (const text of ["", "{", "null", "7", "{}", '{"folder":7}', '{"folder":""}']) {
        await writeFile(join(folder, "current.json"), text);
        expect(currentInstallation(folder)).toBeUndefined();
      }
      for (const name of ["..", "../x", "/etc", "a/b", "a\\b", "."]) {
        await writeFile(join(folder, "current.json"), JSON.stringify({ folder: name }));
        expect(currentInstallation(folder)).toBeUndefined();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("the lock file of the accelerator", () => {
  interface Locked {
    readonly version: string;
    readonly integrity?: string;
    readonly resolved?: string;
    readonly link?: boolean;
  }
  const packages = (path: string) =>
    (JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, Locked> }).packages;

  it("pins every package by its checksum, and names no registry", () => {
    const { "": own, ...locked } = packages(join(root, lock, "package-lock.json"));
    expect(own).toBeDefined();
    expect(Object.keys(locked).length).toBeGreaterThan(50);
    for (const [name, { integrity, resolved }] of Object.entries(locked)) {
      expect(integrity, name).toMatch(/^sha512-/);
      expect(resolved, name).toBeUndefined();
    }
  });

  it("has the version that the engine is tested with", () => {
    const name = "node_modules/@tensorflow/tfjs-node";
    const { version } = packages(join(root, lock, "package-lock.json"))[name] ?? {};
    expect(specification).toBe(`@tensorflow/tfjs-node@${version}`);
    expect(packages(join(root, "package-lock.json"))[name]?.version).toBe(version);
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
