// A thread of its own for the HDF5 library: damaged files can send it round in circles or make it write over its
// own memory, and then the thread is ended, not the program. Also a bundle of its own: 4 MB of WebAssembly.
import "../silenceThread.ts";
import { parentPort, workerData } from "node:worker_threads";
import { brotliDecompressSync } from "node:zlib";
import * as h5wasm from "h5wasm";
import { files, packed } from "hdf5-plugins";
import { swapBytes } from "../elements/decode.ts";
import { listDatasets, tooDeep } from "../formats/hdf5/listing.ts";
import { cellTexts, characterTexts } from "../formats/hdf5/texts.ts";
import { Hdf5Limit, type Hdf5Reply, type Hdf5Request } from "../formats/hdf5/messages.ts";
import { mountFile, type MountedFile } from "../sources/mountedFile.ts";
import { limitWasmMemory } from "../wasmMemoryLimit.ts";

/** Memory of the library beyond the size of its file. */
const extraBytes = 160 * 2 ** 20;

const progress = new Int32Array(workerData as SharedArrayBuffer);
/** The library's class of these types. */
const enumeration = 8;
let memoryLimit = extraBytes;
let opened: { file: h5wasm.File; mounted: MountedFile } | undefined;
/** Where the library writes values: kept for the next ones of the same file, unless the library may need it itself. */
let place = { pointer: 0, byteLength: 0 };
const mostKeptBytes = 2 ** 25;

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
  const contents = brotliDecompressSync(Buffer.from(packed, "base64"));
  let at = 0;
  for (const [name, byteLength] of files) {
    FS.writeFile(`${folder}/libH5Z${name}.so`, contents.subarray(at, at + byteLength));
    at += byteLength;
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
    if (cause instanceof Hdf5Limit) return { id, fault: cause.message, isLimit: true };
    const fault = reasonOf(cause);
    return isStackFull(fault)
      ? { id, fault: tooDeep, isLimit: true, isFatal: true }
      : { id, fault, isFatal: /out of bounds|unreachable|Aborted|memory/i.test(fault) };
  }
}

function perform(request: Hdf5Request): Hdf5Reply["value"] {
  switch (request.kind) {
    case "open":
      return open(request);
    case "read":
      return read(request);
    case "texts":
      return texts(request.name);
    case "cells":
      return cellTexts(h5wasm, openedFile().file_id, request.name, countProgress);
    case "characters":
      return characterTexts(h5wasm, openedFile().file_id, request.name);
    case "close":
      close();
      return undefined;
    default:
      return request satisfies never;
  }
}

function open({ content, byteLength, matlab }: Extract<Hdf5Request, { kind: "open" }>) {
  close();
  memoryLimit = extraBytes + byteLength;
  const mounted = mountFile(content, byteLength, h5wasm.FS, countProgress);
  try {
    const file = new h5wasm.File(mounted.path, "r");
    opened = { file, mounted };
    return listDatasets(h5wasm, file.file_id, matlab, countProgress);
  } catch (error) {
    if (opened === undefined) mounted.unmount();
    throw error;
  }
}

function openedFile(): h5wasm.File {
  if (opened === undefined) throw new Error("no file is open");
  return opened.file;
}

/** Values of a block, as they lie in memory: in C order and this machine's byte order. */
function read({ name, count, first, into }: Extract<Hdf5Request, { kind: "read" }>): Uint8Array {
  const { Module } = h5wasm;
  const { file_id } = openedFile();
  const { size, littleEndian, type } = Module.get_dataset_metadata(file_id, name);
  const byteLength = count.reduce((product, extent) => product * extent, size);
  const pointer = placeFor(byteLength);
  // The library cannot change the byte order of an enumeration: asked to, it fails, and then reads it as it is.
  const isSwapped = type === enumeration && !littleEndian && size > 1;
  if (isSwapped) Module.deactivate_throwing_error_handler();
  try {
    const steps = count.map(() => 1n);
    const [counts, firsts] = [count.map(BigInt), first.map(BigInt)];
    const status = Module.get_dataset_data(file_id, name, counts, firsts, steps, BigInt(pointer));
    if (status < 0) throw new Error("its values cannot be read");
    const fits = into !== undefined && into.byteLength >= byteLength;
    const values = fits ? new Uint8Array(into, 0, byteLength) : new Uint8Array(byteLength);
    values.set(Module.HEAPU8.subarray(pointer, pointer + byteLength));
    if (isSwapped) swapBytes(values, size);
    return values;
  } finally {
    if (isSwapped) Module.activate_throwing_error_handler();
    if (byteLength > mostKeptBytes) freePlace();
  }
}

/** @throws Error if there is no memory */
function placeFor(byteLength: number): number {
  if (place.pointer !== 0 && place.byteLength >= byteLength) return place.pointer;
  freePlace();
  const pointer = h5wasm.Module._malloc(Math.max(1, byteLength));
  if (pointer === 0) throw new Error(`no memory for ${byteLength} bytes`);
  place = { pointer, byteLength };
  return pointer;
}

function freePlace(): void {
  h5wasm.Module._free(place.pointer);
  place = { pointer: 0, byteLength: 0 };
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
  freePlace();
  if (before === undefined) return;
  before.file.close();
  before.mounted.unmount();
}

/** The library visits groups in groups by calling itself. */
function isStackFull(fault: string): boolean {
  return /call stack/i.test(fault);
}

/** The library prints the whole chain of its calls; the last link is the cause. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const last = [...text.matchAll(/^\s*#\d+:.*?\(\): (.*)$/gm)].at(-1)?.[1];
  return (last ?? text.split("\n")[0] ?? "").slice(0, 160);
}
