import { createHash, type Hash } from "node:crypto";
import type { FileSystem } from "../activations/byteSource.ts";

/** Files up to this size are hashed whole. */
const wholeFileBytes = 256 * 2 ** 20;
const chunkBytes = 4 * 2 ** 20;
/** A larger file is known by its size and this many evenly spaced chunks. */
const sampledChunks = 32;

/**
 * A fingerprint by which a later opening can tell whether a source is still the same.
 * @returns `sha256:` and the digest of the file's bytes (what `sha256sum` prints); `sha256-sampled:` with
 *   that of the size and evenly spaced chunks of a file above 256 MiB; `sha256-listing:` with that of the
 *   names and sizes below a folder
 * @throws EigenlensError "file-access" where the file cannot be read
 */
export async function hashSource(path: string, fileSystem: FileSystem): Promise<string> {
  const hash = createHash("sha256");
  const found = await fileSystem.stat(path);
  if (found?.kind === "folder") {
    await addListing(path, fileSystem, hash);
    return `sha256-listing:${hash.digest("hex")}`;
  }
  const file = await fileSystem.open(path);
  try {
    const { byteLength } = file;
    const chunk = new Uint8Array(Math.min(chunkBytes, byteLength));
    const add = async (offset: number, length: number): Promise<void> => {
      const bytes = chunk.subarray(0, length);
      await file.readInto(offset, bytes);
      hash.update(bytes);
    };
    if (byteLength <= wholeFileBytes) {
      for (let offset = 0; offset < byteLength; offset += chunkBytes) {
        await add(offset, Math.min(chunkBytes, byteLength - offset));
      }
      return `sha256:${hash.digest("hex")}`;
    }
    hash.update(String(byteLength));
    for (let i = 0; i < sampledChunks; i += 1) {
      const offset = Math.floor(((byteLength - chunkBytes) * i) / (sampledChunks - 1));
      await add(offset, chunkBytes);
    }
    return `sha256-sampled:${hash.digest("hex")}`;
  } finally {
    await file.close();
  }
}

async function addListing(folder: string, fileSystem: FileSystem, hash: Hash): Promise<void> {
  const names = [...((await fileSystem.list(folder)) ?? [])].sort();
  for (const name of names) {
    const path = `${folder}/${name}`;
    const found = await fileSystem.stat(path);
    hash.update(`${name}\0${found?.byteLength ?? 0}\0`);
    if (found?.kind === "folder") await addListing(path, fileSystem, hash);
  }
}
