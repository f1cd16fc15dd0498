import { spawn } from "node:child_process";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CancelledError, EigenlensError } from "../../src/errors.ts";

export interface InstallRequest {
  /** What npm is to install: a name with a version, or a folder. */
  readonly specification: string;
  /** Where its `node_modules` shall be; it is there whole or not at all. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Each line that npm prints. */
  readonly onLine: (line: string) => void;
  /** Bytes on disk so far, about once a second. */
  readonly onSize: (byteLength: number) => void;
}

const sizeInterval = 1000;

/**
 * Installs one package with the user's npm into a folder of its own: first beside it, moved into place once
 * npm succeeded.
 * @throws EigenlensError "file-access" with npm's last words, or where there is no npm; CancelledError.
 *   Nothing is left behind in either case
 */
export async function installPackage(request: InstallRequest): Promise<void> {
  const { folder, signal } = request;
  if (signal.aborted) throw new CancelledError();
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  // npm would otherwise look for a project in the folders above.
  await writeFile(join(unfinished, "package.json"), '{ "private": true }\n');
  const measuring = setInterval(() => {
    folderSize(unfinished).then(request.onSize, () => undefined);
  }, sizeInterval);
  try {
    await runNpm(unfinished, request);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    clearInterval(measuring);
    await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
  }
}

function runNpm(folder: string, { specification, signal, onLine }: InstallRequest): Promise<void> {
  const windows = process.platform === "win32";
  const child = spawn(
    windows ? "npm.cmd" : "npm",
    ["install", "--no-audit", "--no-fund", "--no-package-lock", "--install-links", specification],
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
    `${specification} was not installed: ${telling.replace(/^npm (error|ERR!)\s*/i, "")}. Nothing was kept; see the log, and try again where its download is reachable.`,
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
