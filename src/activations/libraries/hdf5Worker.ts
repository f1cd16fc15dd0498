// A thread of its own for the HDF5 library: damaged files can send it round in circles or make it write over its
// own memory, and then the thread is ended, not the program. Also a bundle of its own: 4 MB of WebAssembly.
import "../silenceThread.ts";
import { parentPort, workerData } from "node:worker_threads";
import * as h5wasm from "h5wasm";
import bitshuffle from "h5wasm-plugins/plugins/libH5Zbshuf.so";
import blosc from "h5wasm-plugins/plugins/libH5Zblosc.so";
import lz4 from "h5wasm-plugins/plugins/libH5Zlz4.so";
import lzf from "h5wasm-plugins/plugins/libH5Zlzf.so";
import zstd from "h5wasm-plugins/plugins/libH5Zzstd.so";
import { cellTexts, characterTexts, matlabClassOf } from "../formats/hdf5Texts.ts";
import type { Hdf5Listing, Hdf5Reply, Hdf5Request } from "../formats/hdf5Messages.ts";
import { mountFile, type MountedFile } from "../sources/mountedFile.ts";
import { limitWasmMemory } from "../wasmMemoryLimit.ts";

/** Filters that h5py and hdf5plugin write and the library itself lacks, as base64. */
const plugins: Readonly<Record<string, string>> = { bshuf: bitshuffle, blosc, lz4, lzf, zstd };

const mostObjects = 20_000;
/** Memory of the library beyond the size of its file. */
const extraBytes = 160 * 2 ** 20;

const progress = new Int32Array(workerData as SharedArrayBuffer);
let memoryLimit = extraBytes;
let opened: { file: h5wasm.File; mounted: MountedFile } | undefined;

/** Tells those who wait that the library is at work. */
const countProgress = (): number => Atomics.add(progress, 0, 1);

limitWasmMemory(() => memoryLimit, "The HDF5 library");
const ready = prepare();

parentPort?.on("message", (request: Hdf5Request) => {
  void answer(request).then((reply) => {
    // Values are handed over, not copied; they lie in memory of their own.
    const handedOver = reply.value instanceof Uint8Array ? [reply.value.buffer as ArrayBuffer] : [];
    parentPort?.postMessage(reply, handedOver);
  });
});

async function prepare(): Promise<void> {
  const { FS } = await h5wasm.ready;
  const folder = "/usr/local/hdf5/lib/plugin";
  FS.mkdirTree(folder);
  for (const [name, content] of Object.entries(plugins)) {
    FS.writeFile(`${folder}/libH5Z${name}.so`, Buffer.from(content, "base64"));
  }
  // Errors become exceptions with the library's own words, instead of lines on standard error.
  h5wasm.Module.activate_throwing_error_handler();
}

async function answer(request: Hdf5Request): Promise<Hdf5Reply> {
  const { id } = request;
  try {
    await ready;
    return { id, value: perform(request) };
  } catch (cause) {
    return { id, fault: reasonOf(cause) };
  }
}

function perform(request: Hdf5Request): Hdf5Reply["value"] {
  switch (request.kind) {
    case "open":
      return open(request);
    case "read":
      return read(request.name, request.count, request.first);
    case "texts":
      return texts(request.name);
    case "cells":
      return cellTexts(h5wasm, openedFile().file_id, request.name, countProgress);
    case "characters":
      return characterTexts(h5wasm, openedFile().file_id, request.name);
    case "close":
      close();
      return undefined;
  }
}

function open({ content, byteLength, matlab }: Extract<Hdf5Request, { kind: "open" }>) {
  close();
  memoryLimit = extraBytes + byteLength;
  const mounted = mountFile(content, byteLength, h5wasm.FS, countProgress);
  try {
    const file = new h5wasm.File(mounted.path, "r");
    opened = { file, mounted };
    return list(file, matlab);
  } catch (error) {
    if (opened === undefined) mounted.unmount();
    throw error;
  }
}

/** The library visits each group once, whatever circles its links make; links out of the file are not followed. */
function list(file: h5wasm.File, matlab: boolean): Hdf5Listing[] {
  const { Module } = h5wasm;
  const names = Module.get_names(file.file_id, "/", true);
  if (names.length > mostObjects) {
    throw new Error(
      `it holds ${names.length} objects, more than the ${mostObjects} that are listed`,
    );
  }
  return names
    .filter((name) => Module.get_type(file.file_id, name) === Module.H5G_DATASET)
    .map((name) => {
      const { type, size, signed, littleEndian, shape, chunks, enum_type, virtual_sources } =
        Module.get_dataset_metadata(file.file_id, name);
      return {
        name,
        type,
        size,
        signed,
        littleEndian,
        shape: shape ?? [],
        chunks,
        members: Object.keys(enum_type?.members ?? {}),
        isVirtual: (virtual_sources?.length ?? 0) > 0,
        ...(matlab ? matlabClassOf(h5wasm, file.file_id, name) : {}),
      };
    });
}

function openedFile(): h5wasm.File {
  if (opened === undefined) throw new Error("no file is open");
  return opened.file;
}

/** Values of a block, as they lie in memory: in C order and this machine's byte order. */
function read(name: string, count: readonly number[], first: readonly number[]): Uint8Array {
  const { Module } = h5wasm;
  const { file_id } = openedFile();
  const { size } = Module.get_dataset_metadata(file_id, name);
  const byteLength = count.reduce((product, extent) => product * extent, size);
  const pointer = Module._malloc(Math.max(1, byteLength));
  if (pointer === 0) throw new Error(`no memory for ${byteLength} bytes`);
  try {
    const steps = count.map(() => 1n);
    Module.get_dataset_data(
      file_id,
      name,
      count.map(BigInt),
      first.map(BigInt),
      steps,
      BigInt(pointer),
    );
    return Module.HEAPU8.slice(pointer, pointer + byteLength);
  } finally {
    Module._free(pointer);
  }
}

function texts(name: string): string[] {
  const { value } = new h5wasm.Dataset(openedFile().file_id, name);
  const list = Array.isArray(value) ? value : [value];
  if (list.every((text): text is string => typeof text === "string")) return list;
  throw new Error("it holds no plain texts");
}

function close(): void {
  const before = opened;
  opened = undefined;
  if (before === undefined) return;
  before.file.close();
  before.mounted.unmount();
}

/** The library prints the whole chain of its calls; the last link is the cause. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const last = [...text.matchAll(/^\s*#\d+:.*?\(\): (.*)$/gm)].at(-1)?.[1];
  return (last ?? text.split("\n")[0] ?? "").slice(0, 160);
}
