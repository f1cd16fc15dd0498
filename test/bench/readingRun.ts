import { availableParallelism } from "node:os";
import type { ActivationFile, RowBuffer } from "../../src/activations/activationFile.ts";
import {
  HalfFloatDecoder,
  halfFloatBlockBytes,
} from "../../src/activations/kernels/halfFloatDecoder.ts";
import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../src/activations/openActivationFile.ts";
import { rowsPerBlock } from "../../src/ged/full/rowBlocks.ts";

/**
 * Reads one file from its first row to its last as the engine streams it, and prints what it took as one JSON object.
 * A small file of the same kind is read before the clock starts, so that libraries are loaded.
 */
async function main(): Promise<void> {
  const [mode = "", path = "", small = ""] = process.argv.slice(2);
  const read = mode === "raw" ? readRaw : (file: string) => readRows(file, mode === "float32");
  await read(small);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const found = await read(path);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const cpuSeconds = (user + system) / 1e6;
  console.log(
    JSON.stringify({ seconds, cpuSeconds, peakMegabytes, cores: availableParallelism(), ...found }),
  );
}

/** The bytes as they lie in the file, in the blocks and into the memory of the streaming readers. */
async function readRaw(path: string) {
  const source = await nodeFileSystem.open(path);
  const [buffer] = new HalfFloatDecoder("float16").buffers;
  for (let at = 0; at < source.byteLength; at += halfFloatBlockBytes) {
    const length = Math.min(halfFloatBlockBytes, source.byteLength - at);
    await source.readInto(at, length === halfFloatBlockBytes ? buffer : buffer.subarray(0, length));
  }
  await source.close();
  return { bytes: source.byteLength };
}

/** All rows of the file's first matrix, the next block being read while the present one is used. */
async function readRows(path: string, single: boolean) {
  const file = await openActivationFile(path, nodeFileSystem);
  const info = file.tensors.find(({ shape }) => shape.length === 2);
  if (info === undefined) throw new Error(`${path} holds no matrix.`);
  const [rows = 0, columns = 0] = info.shape;
  const step = rowsPerBlock(columns);
  const buffers = [0, 1].map(() =>
    single ? new Float32Array(step * columns) : new Float64Array(step * columns),
  );
  const ask = (start: number) => readBlock(file, info.name, start, step, rows, columns, buffers);
  let first: RowBuffer | undefined;
  let last: RowBuffer | undefined;
  let next = ask(0);
  for (let start = 0; start < rows; start += step) {
    last = await next;
    first ??= last.slice(0, columns);
    if (start + step < rows) next = ask(start + step);
  }
  await file.close();
  // Told to the driver, which compares them with what the peer read.
  return { rows, columns, first: sum(first), last: sum(last?.subarray(-columns)) };
}

async function readBlock(
  file: ActivationFile,
  tensor: string,
  start: number,
  step: number,
  rows: number,
  columns: number,
  buffers: readonly RowBuffer[],
): Promise<RowBuffer> {
  const stop = Math.min(rows, start + step);
  const buffer = buffers[(start / step) % 2]?.subarray(0, (stop - start) * columns);
  if (buffer === undefined) throw new RangeError("There are two buffers.");
  await file.readRows(tensor, start, stop, buffer);
  return buffer;
}

function sum(values: RowBuffer = new Float64Array(0)): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

void main();
