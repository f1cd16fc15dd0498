import { createHash, type Hash } from "node:crypto";
import type { FileSystem } from "../../activations/byteSource.ts";
import { filesOfPattern } from "../../activations/folders/glob.ts";

/** `sha256-listing:` and the digest of the names and sizes below a folder. */
export async function hashListing(folder: string, fileSystem: FileSystem): Promise<string> {
  const hash = createHash("sha256");
  await addListing(folder, fileSystem, hash);
  return `sha256-listing:${hash.digest("hex")}`;
}

/** The same of the files that a pattern stands for. */
export async function hashPattern(path: string, fileSystem: FileSystem): Promise<string> {
  const hash = createHash("sha256");
  const { base, names } = await filesOfPattern(path, fileSystem);
  for (const name of names) {
    hash.update(`${name}\0${(await fileSystem.stat(base + name))?.byteLength ?? 0}\0`);
  }
  return `sha256-listing:${hash.digest("hex")}`;
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
