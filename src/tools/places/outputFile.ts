import { EigenlensError } from "../../errors.ts";
import { findDestination } from "../../files/destination.ts";
import { checkWritable, writeContent, type Inputs } from "../../files/writeWholeFile.ts";
import { printable } from "../../text/printable.ts";
import { isAddress, type Roots } from "./roots.ts";

/** A file that a tool was asked to write. */
export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  /** @throws EigenlensError as {@link outputFile}, and as the disk does */
  write(content: Uint8Array | readonly Uint8Array[]): Promise<void>;
}

/**
 * Looks at the place before anything is computed.
 * @param path absolute
 * @param ending that its name must have, so that a tool writes files of its own kind only
 * @param overwrite whether a file that is there may be replaced
 * @param inputs what is read, and must not be written over
 * @throws EigenlensError "usage" if it lies outside the roots, is there already or is an input; "file-access" if its
 *   folder is missing or read-only
 */
export async function outputFile(
  path: string,
  ending: string,
  overwrite: boolean,
  roots: Roots,
  inputs: Inputs,
): Promise<OutputFile> {
  const check = async (): Promise<void> => {
    if (isAddress(path)) throw refused(path, "is no path on this disk: choose one");
    await roots.check(path);
    await checkWritable(path, inputs);
    const destination = await findDestination(path);
    if (destination.kind !== "file") throw refused(path, "is no file: choose another name");
    // A link that leads nowhere yet may lead out.
    await roots.check(destination.path);
    if (destination.existing !== undefined && !overwrite) {
      throw refused(path, "exists: choose another name, or pass overwrite: true to replace it");
    }
  };
  if (!path.endsWith(ending)) throw refused(path, `does not end in ${ending}: name it so`);
  await check();
  return {
    path,
    async write(content) {
      // Somebody else may have made it meanwhile.
      await check();
      await writeContent(path, content, inputs);
    },
  };
}

function refused(path: string, why: string): EigenlensError {
  return new EigenlensError("usage", `"${printable(path)}" ${why}.`);
}
