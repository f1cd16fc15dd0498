import { closeSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "../byteSource.ts";

/** The few parts of Emscripten's file system that are used here. */
interface VirtualFileSystem {
  create(path: string, mode: number): unknown;
  lookupPath(path: string): { node: VirtualNode };
  unlink(path: string): void;
}

interface VirtualNode {
  usedBytes: number;
  stream_ops: Record<string, unknown>;
}

let mounts = 0;

/**
 * Makes a source appear as a read-only file inside a WebAssembly library, which can only read synchronously: a
 * local file is read in place, anything else is held in memory meanwhile.
 * @returns the file's path inside the library, and how to take it away again
 */
export async function mountFile(
  source: ByteSource,
  fileSystem: VirtualFileSystem,
): Promise<{ path: string; unmount: () => void }> {
  const path = `/activations-${mounts++}`;
  fileSystem.create(path, 0o444);
  const { node } = fileSystem.lookupPath(path);
  const { read, close } = await reader(source);
  node.usedBytes = source.byteLength;
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream: unknown, target: Int8Array, at: number, length: number, position: number) {
      const wanted = Math.min(length, source.byteLength - position);
      return wanted <= 0 ? 0 : read(target, at, wanted, position);
    },
  };
  return {
    path,
    unmount() {
      close();
      // Its contents are not the library's to free.
      node.usedBytes = 0;
      fileSystem.unlink(path);
    },
  };
}

async function reader(source: ByteSource) {
  if (source.localPath !== undefined) {
    const descriptor = openSync(source.localPath, "r");
    return {
      read: (target: Int8Array, at: number, length: number, position: number) =>
        readSync(descriptor, target, at, length, position),
      close: () => closeSync(descriptor),
    };
  }
  const bytes = await source.read(0, source.byteLength);
  return {
    read(target: Int8Array, at: number, length: number, position: number) {
      target.set(bytes.subarray(position, position + length), at);
      return length;
    },
    close: () => undefined,
  };
}
