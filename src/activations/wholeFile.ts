import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EigenlensError } from "../errors.ts";

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
      `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}; nothing was left behind.`,
      { cause },
    );
  }
}
