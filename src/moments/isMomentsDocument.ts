import type { FileSystem } from "../activations/byteSource.ts";
import { readSafetensors } from "../activations/formats/safetensors/openSafetensors.ts";
import { isMomentsMetadata } from "./metadata.ts";

/**
 * Whether a file calls itself a moments document, by its name and in its metadata: looking into every safetensors file
 * would read the headers of all others once more. What cannot be read is left to whoever reads it.
 */
export async function isMomentsDocument(path: string, fileSystem: FileSystem): Promise<boolean> {
  if (!/\.moments\.safetensors$/i.test(path)) return false;
  try {
    const source = await fileSystem.open(path);
    try {
      return isMomentsMetadata((await readSafetensors(source)).metadata);
    } finally {
      await source.close();
    }
  } catch {
    return false;
  }
}
