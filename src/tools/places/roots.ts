import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { EigenlensError } from "../../errors.ts";
import { hasCode } from "../../files/hasCode.ts";
import { printable } from "../../text/printable.ts";

/** The folders that a tool may read and write in, links followed. */
export interface Roots {
  /**
   * Whether a file, a folder, or a place where one may be made, lies in one of the folders, also once links are followed.
   * @param path absolute, or an address (`scheme://...`)
   * @throws EigenlensError "usage" if it does not; whether anything is there is not said then
   */
  check(path: string): Promise<void>;
}

/** No limits: what the user's own program asks for. */
export const anywhere: Roots = { check: () => Promise.resolve() };

/**
 * @param folders absolute paths, or addresses; may be none
 * @throws EigenlensError "usage" for what is no folder
 */
export async function openRoots(folders: readonly string[]): Promise<Roots> {
  const addresses = folders.filter(isAddress);
  const given = folders.filter((folder) => !isAddress(folder)).map((folder) => resolve(folder));
  const real = await Promise.all(given.map(realFolder));
  const outside = (path: string) =>
    new EigenlensError(
      "usage",
      `"${printable(path)}" lies outside the folders that may be used (${folders.map((folder) => printable(folder)).join(", ") || "none"}): choose a place in one of them.`,
    );
  return {
    async check(path) {
      if (isAddress(path)) {
        if (!addresses.some((address) => isBelowAddress(address, path))) throw outside(path);
        return;
      }
      // What a link leads to and what `..` means after it differ: neither is followed for a name from a file.
      if (path.split(/[/\\]/).includes("..")) throw outside(path);
      const place = resolve(path);
      if (![...given, ...real].some((root) => isWithin(root, place))) throw outside(path);
      const led = await realPlace(place);
      if (led === undefined || !real.some((root) => isWithin(root, led))) throw outside(path);
    },
  };
}

/** Addresses have two letters before the colon at least; one letter is a drive. */
export function isAddress(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}

async function realFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  if (real !== undefined && (await stat(real)).isDirectory()) return real;
  throw new EigenlensError(
    "usage",
    `"${printable(folder)}" is no folder: name one that tools may read and write in.`,
  );
}

function isWithin(root: string, place: string): boolean {
  const way = relative(root, place);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isBelowAddress(root: string, path: string): boolean {
  const below = path.startsWith(root.endsWith("/") ? root : `${root}/`) || path === root;
  // A percent sign may stand for a dot.
  return below && !/(^|[/\\]|%2f|%5c)(\.|%2e){2}([/\\]|%2f|%5c|$)/i.test(path);
}

/** Where a place really lies: that of the nearest folder that is there, if the rest is not; undefined if it cannot be told. */
async function realPlace(place: string): Promise<string | undefined> {
  for (let at = place; ; at = dirname(at)) {
    try {
      return await realpath(at);
    } catch (cause) {
      const missing = hasCode(cause, "ENOENT") || hasCode(cause, "ENOTDIR");
      if (!missing || dirname(at) === at) return undefined;
    }
  }
}
