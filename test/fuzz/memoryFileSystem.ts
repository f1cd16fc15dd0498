import type { FileSystem } from "../../src/activations/byteSource.ts";
import { memorySource } from "../../src/activations/sources/memorySource.ts";
import { EigenlensError } from "../../src/errors.ts";

/** Files that live in memory, by path; folders are what their paths imply. */
export function memoryFileSystem(files: ReadonlyMap<string, Uint8Array>): FileSystem {
  const below = (folder: string) =>
    [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
  return {
    open(path) {
      const bytes = files.get(path);
      if (bytes !== undefined) return Promise.resolve(memorySource(path, bytes));
      return Promise.reject(new EigenlensError("file-access", `${path}: there is no such file.`));
    },
    list(path) {
      const names = below(path).map((file) => file.slice(path.length + 1).split("/")[0] ?? "");
      return Promise.resolve(names.length === 0 ? undefined : [...new Set(names)]);
    },
    stat(path) {
      const bytes = files.get(path);
      if (bytes !== undefined) {
        return Promise.resolve({ kind: "file", byteLength: bytes.byteLength, modified: 0 });
      }
      const isFolder = below(path).length > 0;
      return Promise.resolve(isFolder ? { kind: "folder", byteLength: 0, modified: 0 } : undefined);
    },
  };
}
