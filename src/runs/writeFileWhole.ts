import { writeWholeFile } from "../activations/wholeFile.ts";

/**
 * Writes a file so that it is there whole or not at all.
 * @param content in one piece, or in parts that are written one after the other
 * @throws EigenlensError as {@link writeWholeFile} does
 */
export function writeFileWhole(
  path: string,
  content: Uint8Array | string | readonly Uint8Array[],
): Promise<void> {
  return writeWholeFile(path, async (append) => {
    for (const part of Array.isArray(content) ? content : [content]) await append(part);
  });
}
