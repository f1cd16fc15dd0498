import type { FileSystem } from "../../activations/byteSource.ts";
import type { Roots } from "./roots.ts";

/**
 * A file system in which nothing outside some folders can be seen: neither what the user names nor what a file, a
 * manifest or a link in them names.
 */
export function rootedFileSystem(fileSystem: FileSystem, roots: Roots): FileSystem {
  const within = async (path: string): Promise<FileSystem> => {
    await roots.check(path);
    return fileSystem;
  };
  return {
    open: async (path) => (await within(path)).open(path),
    list: async (path) => (await within(path)).list(path),
    stat: async (path) => (await within(path)).stat(path),
    linksOut: async (path) => (await within(path)).linksOut?.(path) ?? [],
  };
}
