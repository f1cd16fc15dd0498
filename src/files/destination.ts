import { constants } from "node:fs";
import { access, lstat, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { hasCode } from "./hasCode.ts";

/** Where a path leads once its symbolic links are followed. */
export type Destination =
  /** A file that is there, or a name in a folder that is. */
  | { readonly kind: "file"; readonly path: string; readonly existing?: ExistingFile }
  /** A pipe with a name. */
  | { readonly kind: "pipe"; readonly path: string }
  | { readonly kind: "device"; readonly path: string }
  /** A descriptor that this process was started with, as /dev/stdout and /dev/fd/3. */
  | { readonly kind: "descriptor"; readonly descriptor: number };

/** What a new content takes over from the old one. */
export interface ExistingFile {
  /** Permissions, without the file's type. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

const mostLinks = 40;

/**
 * Follows a path's links by hand: the last one may lead to a file that is not there yet, or to an open descriptor,
 * which has no path.
 * @throws a system error: ENOENT where the folder is missing, EISDIR, ELOOP, EACCES where the file is read-only,
 *   ENOTBLK for a disk
 */
export async function findDestination(path: string): Promise<Destination> {
  if (path === "" || path.endsWith("/") || path.endsWith(sep)) throw systemError("EISDIR");
  let at = resolve(path);
  for (let links = 0; links < mostLinks; links++) {
    const folder = await realpath(dirname(at));
    at = join(folder, basename(at));
    const descriptor = descriptorOf(at);
    if (descriptor !== undefined) return { kind: "descriptor", descriptor };
    const found = await lstat(at).catch(nothingAtAll);
    if (found === undefined || found.isFile()) await access(folder, constants.W_OK);
    if (found === undefined) return { kind: "file", path: at };
    if (!found.isSymbolicLink()) return existingAt(at);
    const next = await readlink(at);
    at = isAbsolute(next) ? next : join(folder, next);
  }
  throw systemError("ELOOP");
}

async function existingAt(path: string): Promise<Destination> {
  const found = await stat(path);
  if (found.isDirectory()) throw systemError("EISDIR");
  if (found.isBlockDevice()) throw systemError("ENOTBLK");
  await access(path, constants.W_OK);
  if (found.isFIFO()) return { kind: "pipe", path };
  if (!found.isFile()) return { kind: "device", path };
  const existing = { mode: found.mode & 0o7777, owner: found.uid, group: found.gid };
  return { kind: "file", path, existing };
}

function descriptorOf(path: string): number | undefined {
  const [, own, descriptor] = /^\/(?:dev|proc\/(\d+)(?:\/task\/\d+)?)\/fd\/(\d+)$/.exec(path) ?? [];
  if (descriptor === undefined) return undefined;
  return own === undefined || Number(own) === process.pid ? Number(descriptor) : undefined;
}

function nothingAtAll(cause: unknown): undefined {
  if (hasCode(cause, "ENOENT")) return undefined;
  throw cause;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
