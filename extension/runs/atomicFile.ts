import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { EigenlensError } from "../../src/errors.ts";

/**
 * Writes a file so that it is there whole or not at all: a temporary file beside it, flushed, renamed.
 * @throws EigenlensError "file-access" with the cause (disk full, no permission); nothing is left behind
 */
export async function writeAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new EigenlensError(
      "file-access",
      `${path} could not be written (${cause instanceof Error ? cause.message : String(cause)}): make room or choose another place.`,
      { cause },
    );
  }
}
