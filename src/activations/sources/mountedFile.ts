import { closeSync, openSync, readSync } from "node:fs";

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

/** A file as a WebAssembly library sees it. */
export interface MountedFile {
  /** Inside the library. */
  readonly path: string;
  readonly unmount: () => void;
}

let mounts = 0;

/**
 * Makes a file appear inside a WebAssembly library, read-only; nothing is copied.
 * @param content the path of a local file, or the bytes of any other
 * @param library the library's file system (`FS` of Emscripten)
 * @param onRead called for every read
 */
export function mountFile(
  content: string | Uint8Array,
  byteLength: number,
  library: unknown,
  onRead: () => void,
): MountedFile {
  const fileSystem = library as VirtualFileSystem;
  const path = `/activations-${mounts++}`;
  const { read, close } = reader(content);
  fileSystem.create(path, 0o444);
  const { node } = fileSystem.lookupPath(path);
  node.usedBytes = byteLength;
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream: unknown, target: Int8Array, at: number, length: number, position: number) {
      onRead();
      const wanted = Math.min(length, byteLength - position);
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

function reader(content: string | Uint8Array) {
  if (typeof content === "string") {
    const descriptor = openSync(content, "r");
    return {
      read: (target: Int8Array, at: number, length: number, position: number) =>
        readSync(descriptor, target, at, length, position),
      close: () => closeSync(descriptor),
    };
  }
  return {
    read(target: Int8Array, at: number, length: number, position: number) {
      target.set(content.subarray(position, position + length), at);
      return length;
    },
    close: () => undefined,
  };
}
