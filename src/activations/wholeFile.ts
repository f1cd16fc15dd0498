import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EigenlensError } from "../errors.ts";
import { lookup } from "../lookup.ts";

/** Adds to the end of the file that is being written. */
export type Append = (content: Uint8Array | string) => Promise<void>;

/**
 * Writes a file so that it is there whole or not at all: a temporary file beside it, flushed, then
 * renamed. What stood there before stays until then.
 * @param write hands over the content, a part at a time
 * @throws EigenlensError "file-access" where the folder is missing, read-only or full; whatever else `write` throws
 *   as an EigenlensError
 */
export async function writeWholeFile(
  path: string,
  write: (append: Append) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  try {
    const file = await open(temporary, "wx");
    try {
      // From where the part before ended, and all of it: one write of the system may store less.
      await write((content) => file.writeFile(content));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof EigenlensError) throw cause;
    throw new EigenlensError(
      "file-access",
      `${path} could not be written: ${reasonFor(cause)}; nothing was left behind.`,
      { cause },
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space or choose another folder",
  EDQUOT: "your share of the disk is used up; free some space or choose another folder",
  EFBIG: "the file would be larger than this disk or account allows; choose another folder",
  EACCES: "permission to write there is denied; choose another folder",
  EPERM: "permission to write there is denied; choose another folder",
  EROFS: "the disk is read-only; choose another folder",
  ENOENT: "its folder does not exist; make it or choose another",
  ENOTDIR: "its folder does not exist; make it or choose another",
  EISDIR: "a folder has this name; choose another name",
};

function reasonFor(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? String(cause.code) : "";
  return lookup(reasons, code) ?? cause.message;
}
