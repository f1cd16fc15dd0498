import type { FileSystem } from "../../activations/byteSource.ts";
import { FingerprintedFiles } from "./fingerprintedFiles.ts";

/**
 * A fingerprint by which a later opening can tell whether a source is still the same.
 * @returns `sha256:` and the digest of the file's bytes (what `sha256sum` prints); `sha256-sampled:` with
 *   that of the size and evenly spaced chunks of a file above 256 MiB; `sha256-listing:` with that of the
 *   names and sizes below a folder
 * @throws EigenlensError "file-access" if the file cannot be read
 */
export function hashSource(path: string, fileSystem: FileSystem): Promise<string> {
  return new FingerprintedFiles(fileSystem, [path]).hash(path);
}
