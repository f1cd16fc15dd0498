import type { FileSystem } from "../activations/byteSource.ts";
import { EigenlensError } from "../errors.ts";
import type { Condition } from "./condition.ts";

/**
 * Whether a condition's file is still the one that was opened; asked once its rows are read, since a file
 * that is rewritten meanwhile gives rows of two versions.
 * @throws EigenlensError "file-access" where it is gone or has changed
 */
export async function checkUnchanged(
  { provenance }: Condition,
  fileSystem: FileSystem,
): Promise<void> {
  const { path, modified } = provenance;
  const found = await fileSystem.stat(path);
  if (found === undefined) {
    throw new EigenlensError(
      "file-access",
      `${path} vanished while it was read: restore it or choose another file, then run again.`,
    );
  }
  if (found.modified !== modified) {
    throw new EigenlensError(
      "file-access",
      `${path} changed while it was read, so its rows may be of two versions: wait until it is written, then run again.`,
    );
  }
}
