import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { currentFile, currentInstallation } from "../../src/linalg/tensorflow/installation.ts";
import { isRunning, processSpace } from "../../src/files/processes.ts";
import { writeContent } from "../../src/files/writeWholeFile.ts";

// A folder has installations side by side, each in a folder of its own that names the process that made it, and a
// file that names the one to be used. Replacing that file is the only step that others see, so that there is always
// a whole installation, however many windows install and whichever of them ends in the midst of it.

// Folders of earlier versions do not say where their process id has its meaning. They are not swept: the process may
// run in another container that shares the folder.
const named = /^installation-([0-9a-f]{8})-(\d+)-[0-9a-f-]+$/;

/** Makes the folder of a new installation, which nobody uses yet. */
export async function beginInstallation(folder: string): Promise<string> {
  const installation = join(folder, `installation-${processSpace}-${process.pid}-${randomUUID()}`);
  await mkdir(installation, { recursive: true });
  return installation;
}

/**
 * Lets everybody use a complete installation, in one step, and deletes the one before.
 * @param installation from {@link beginInstallation}
 */
export async function finishInstallation(folder: string, installation: string): Promise<void> {
  const before = currentInstallation(folder);
  const pointer = { folder: basename(installation) };
  await writeContent(join(folder, currentFile), `${JSON.stringify(pointer)}\n`);
  if (before !== undefined) await removeFolder(before);
  // Another window may have finished right after this one.
  if (currentInstallation(folder) !== installation) await removeFolder(installation);
  await sweepInstallations(folder);
}

/** Deletes the installation in use. */
export async function removeInstallation(folder: string): Promise<void> {
  const current = currentInstallation(folder);
  await rm(join(folder, currentFile), { force: true });
  if (current !== undefined) await removeFolder(current);
  await sweepInstallations(folder);
}

/** Deletes what interrupted installations have left; those under way in other windows stay. */
export async function sweepInstallations(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const [, space, pid] = named.exec(name) ?? [];
    if (space !== processSpace || isRunning(Number(pid))) continue;
    // Asked for each anew: another window may just have begun to use it.
    if (currentInstallation(folder) === join(folder, name)) continue;
    await removeFolder(join(folder, name));
  }
}

/** Deletes a folder as far as it can be: Windows keeps a library that a program has loaded. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}
