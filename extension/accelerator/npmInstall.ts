import { spawn } from "node:child_process";
import { copyFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CancelledError, EigenlensError } from "../../src/errors.ts";
import {
  beginInstallation,
  finishInstallation,
  removeFolder,
  sweepInstallations,
} from "./installations.ts";

export interface InstallRequest {
  /** What is installed, for messages: a name with a version. */
  readonly specification: string;
  /** The folder of a package.json and a package-lock.json that say what npm is to install, to the last bit. */
  readonly lock: string;
  /** The folder of the installations; what it names is whole, or what it was before. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Each line that npm prints. */
  readonly onLine: (line: string) => void;
  /** Bytes on disk so far, about once a second. */
  readonly onSize: (byteLength: number) => void;
}

const sizeInterval = 1000;

/**
 * Installs what a lock file says with the user's npm into a new folder, which takes the place of the one before once
 * npm succeeded.
 * @throws EigenlensError "file-access" with npm's last words, or if there is no npm; CancelledError. In either case
 *   what was installed before still is, and nothing else is left behind
 */
export async function installPackage(request: InstallRequest): Promise<void> {
  const { folder, lock, signal } = request;
  if (signal.aborted) throw new CancelledError();
  await sweepInstallations(folder);
  const installation = await beginInstallation(folder);
  const measuring = setInterval(() => {
    folderSize(installation).then(request.onSize, () => undefined);
  }, sizeInterval);
  try {
    for (const name of ["package.json", "package-lock.json"]) {
      await copyFile(join(lock, name), join(installation, name));
    }
    await runNpm(installation, request);
    await finishInstallation(folder, installation);
  } catch (error) {
    await removeFolder(installation);
    throw error;
  } finally {
    clearInterval(measuring);
  }
}

function runNpm(folder: string, { specification, signal, onLine }: InstallRequest): Promise<void> {
  const windows = process.platform === "win32";
  const child = spawn(
    windows ? "npm.cmd" : "npm",
    // Whatever the user's settings say of lock files and global folders.
    ["ci", "--no-audit", "--no-fund", "--package-lock", "--no-global", "--install-links"],
    // A group of its own, so that what npm started ends with it; Windows starts .cmd files by a shell only.
    { cwd: folder, detached: !windows, shell: windows, stdio: ["ignore", "pipe", "pipe"] },
  );
  const lines: string[] = [];
  const collect = (chunk: Buffer) => {
    for (const line of chunk.toString().split(/\r?\n/)) {
      if (line.trim() === "") continue;
      lines.push(line.trim());
      onLine(line);
    }
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const stop = () => endGroup(child.pid, windows);
  signal.addEventListener("abort", stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    child.on("error", (cause) => {
      reject(
        new EigenlensError(
          "file-access",
          `npm could not be started (${cause.message}): install Node.js with npm and see that it is on the PATH.`,
          { cause },
        ),
      );
    });
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(new CancelledError());
      else if (code === 0) resolve();
      else reject(installError(specification, code, lines));
    });
  });
}

function endGroup(pid: number | undefined, windows: boolean): void {
  if (pid === undefined) return;
  if (windows) {
    spawn("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}

function installError(
  specification: string,
  code: number | null,
  lines: readonly string[],
): EigenlensError {
  const faults = lines.filter((line) =>
    /^npm (error|ERR!) (?!A complete log|path|code|command)/i.test(line),
  );
  const telling = faults.at(-1) ?? lines.at(-1) ?? `it ended with code ${code}`;
  return new EigenlensError(
    "file-access",
    `${specification} was not installed: ${telling.replace(/^npm (error|ERR!)\s*/i, "")}. Nothing of it was kept; see the log, and try again once its download can be reached.`,
  );
}

/** Bytes of all files below a folder. */
export async function folderSize(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    // Files come and go while npm works.
    const found = await stat(join(entry.parentPath ?? entry.path, entry.name)).catch(
      () => undefined,
    );
    sum += found?.size ?? 0;
  }
  return sum;
}
