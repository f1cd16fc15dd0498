import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EigenlensError } from "../errors.ts";

/**
 * Writes a file so that it is there whole or not at all: a temporary file beside it, flushed, then
 * renamed. What stood there before stays until then.
 * @param content in one piece, or in parts that are written one after the other
 * @throws EigenlensError "file-access" where the folder is missing, read-only or full
 */
export async function writeFileWhole(
  path: string,
  content: Uint8Array | string | readonly Uint8Array[],
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  try {
    const file = await open(temporary, "wx");
    try {
      // One after the other, each from where the one before ended.
      for (const part of Array.isArray(content) ? content : [content]) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new EigenlensError(
      "file-access",
      `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}; nothing was left behind.`,
      { cause },
    );
  }
}
