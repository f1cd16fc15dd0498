import { fstatSync, type BigIntStats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EigenlensError } from "../errors.ts";
import type { Destination } from "./destination.ts";

/**
 * Refuses to write over what is read: one file under two names too, be it through symbolic or hard links, and any
 * place inside a folder that is read as a whole.
 * @param path of the output as the user wrote it, for the message
 * @param inputs paths of files and folders; those that are not there are passed over
 * @throws EigenlensError "usage"
 */
export async function refuseInputs(
  path: string,
  destination: Destination,
  inputs: readonly string[],
): Promise<void> {
  if (inputs.length === 0) return;
  const output = await identityOf(destination);
  const folders = await foldersAbove(destination);
  for (const input of inputs) {
    const found = await lookAt(input);
    if (found === undefined) continue;
    const identity = await nameOf(found, input);
    if (identity === output || (found.isDirectory() && folders.has(identity))) {
      const which = input === path ? "" : ` (as ${input})`;
      throw new EigenlensError(
        "usage",
        found.isDirectory()
          ? `${path} lies in ${input}, which is read: choose another folder for the output.`
          : `${path} is read${which} and would be replaced: choose another name for the output.`,
      );
    }
  }
}

/** Device and inode of what is there already, where it can be read again; a terminal or a pipe cannot. */
async function identityOf(destination: Destination): Promise<string | undefined> {
  const place = destination.kind === "descriptor" ? "" : destination.path;
  const found =
    destination.kind === "descriptor" ? openAs(destination.descriptor) : await lookAt(place);
  if (found?.isFile() !== true || (found.ino === 0n && place === "")) return undefined;
  return nameOf(found, place);
}

async function foldersAbove(destination: Destination): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (destination.kind === "descriptor") return found;
  let folder = dirname(destination.path);
  for (;;) {
    const there = await lookAt(folder);
    if (there !== undefined) found.add(await nameOf(there, folder));
    const above = dirname(folder);
    if (above === folder) return found;
    folder = above;
  }
}

async function lookAt(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function openAs(descriptor: number): BigIntStats | undefined {
  try {
    return fstatSync(descriptor, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Some file systems give no inode: there only the path, its links followed, tells files apart. */
async function nameOf({ dev, ino }: BigIntStats, path: string): Promise<string> {
  return ino === 0n ? realpath(path) : `${dev}:${ino}`;
}
