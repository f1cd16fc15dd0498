import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import type { FileSystem } from "../../src/activations/byteSource.ts";

/** What was read of the files of this machine, and how often. */
export interface CountingFiles {
  readonly fileSystem: FileSystem;
  /** Bytes read of a file, all openings together. */
  bytesOf(path: string): number;
  /** How many of a file's bytes were read so often. */
  readTimes(path: string, times: number): number;
  /** How often a file was opened. */
  openings(path: string): number;
  forget(): void;
}

/** The local disk, every byte that is read of it counted. */
export function countingFiles(disk: FileSystem = nodeFileSystem): CountingFiles {
  const counts = new Map<string, Uint8Array>();
  const opened = new Map<string, number>();
  return {
    fileSystem: {
      ...disk,
      async open(path) {
        const source = await disk.open(path);
        opened.set(path, (opened.get(path) ?? 0) + 1);
        const own = counts.get(path) ?? new Uint8Array(source.byteLength);
        counts.set(path, own);
        const count = (offset: number, length: number) => {
          for (let at = offset; at < offset + length; at += 1) own[at] += 1;
        };
        return {
          ...source,
          read(offset, length) {
            count(offset, length);
            return source.read(offset, length);
          },
          readInto(offset, destination) {
            count(offset, destination.byteLength);
            return source.readInto(offset, destination);
          },
        };
      },
    },
    bytesOf: (path) => counts.get(path)?.reduce((sum, times) => sum + times, 0) ?? 0,
    readTimes: (path, times) => counts.get(path)?.filter((each) => each === times).length ?? 0,
    openings: (path) => opened.get(path) ?? 0,
    forget() {
      counts.clear();
      opened.clear();
    },
  };
}
