import type { ByteSource } from "../activations/byteSource.ts";
import { EigenlensError } from "../errors.ts";
import type { DocumentTensor, RunDocument } from "./runDocument.ts";

/**
 * A run document as bytes: a safetensors file (8 bytes little-endian header length, JSON header padded
 * to 8 bytes, float64 data) whose `__metadata__` carries everything that is not a tensor, each entry as
 * JSON text, so that `safetensors.numpy.load_file` reads the tensors with one line of Python.
 * @returns header, then one view on each tensor's own memory: nothing is copied, to be written in this order
 */
export function documentParts(document: RunDocument): Uint8Array[] {
  const { tensors, ...rest } = document;
  const metadata: Record<string, string> = { format: formatName };
  for (const [key, value] of Object.entries(rest)) metadata[key] = JSON.stringify(value);
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    const start = end;
    end += 8 * tensor.values.length;
    header[name] = { dtype: "F64", shape: tensor.shape, data_offsets: [start, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / 8) * 8;
  const head = new Uint8Array(8 + headerLength).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(headerLength), true);
  head.set(text, 8);
  const data = Object.values(tensors).map(
    ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return [head, ...data];
}

/** {@link documentParts} in one piece. */
export function encodeDocument(document: RunDocument): Uint8Array {
  const parts = documentParts(document);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/**
 * Reads a run document back.
 * @param path for messages
 * @throws EigenlensError "file-format" where the bytes are not a run document of this version or older
 */
export function decodeDocument(bytes: Uint8Array, path: string): RunDocument {
  const dataStart = 8 + headerLengthOf(bytes, bytes.length, path);
  const { rest, places } = parseHeader(
    bytes.subarray(8, dataStart),
    bytes.length - dataStart,
    path,
  );
  const tensors: Record<string, DocumentTensor> = {};
  for (const { name, shape, start, stop } of places) {
    const from = bytes.byteOffset + dataStart;
    // Copied, so that the values are aligned and do not keep the whole file in memory.
    const values = new Float64Array(bytes.buffer.slice(from + start, from + stop));
    tensors[name] = { shape, values };
  }
  return { ...rest, tensors };
}

/**
 * As {@link decodeDocument}, from a file: each tensor is read into its own memory, so that no step of it
 * keeps a thread busy for long.
 */
export async function readDocument(source: ByteSource): Promise<RunDocument> {
  const { path, byteLength } = source;
  const lead = await source.read(0, Math.min(8, byteLength));
  const dataStart = 8 + headerLengthOf(lead, byteLength, path);
  const header = await source.read(8, dataStart - 8);
  const { rest, places } = parseHeader(header, byteLength - dataStart, path);
  const tensors: Record<string, DocumentTensor> = {};
  for (const { name, shape, start, stop } of places) {
    const values = new Float64Array((stop - start) / 8);
    await source.readInto(dataStart + start, new Uint8Array(values.buffer));
    tensors[name] = { shape, values };
  }
  return { ...rest, tensors };
}

const formatName = "eigenlens.run";

interface TensorPlace {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly start: number;
  readonly stop: number;
}

function refused(path: string, found: string, cause?: unknown): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path} is not an Eigenlens run document: ${found}; open one that Eigenlens saved (NAME.ged.safetensors).`,
    { cause },
  );
}

function headerLengthOf(lead: Uint8Array, byteLength: number, path: string): number {
  if (byteLength < 8) throw refused(path, `it has ${byteLength} bytes`);
  const view = new DataView(lead.buffer, lead.byteOffset, lead.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > byteLength - 8) throw refused(path, "its header is longer than the file");
  return headerLength;
}

function parseHeader(
  text: Uint8Array,
  dataLength: number,
  path: string,
): { rest: Omit<RunDocument, "tensors">; places: TensorPlace[] } {
  let header: Record<string, unknown>;
  try {
    header = asRecord(JSON.parse(new TextDecoder().decode(text)));
  } catch (cause) {
    throw refused(path, "its header is not JSON", cause);
  }
  const metadata = asRecord(header["__metadata__"]);
  if (metadata["format"] !== formatName) throw refused(path, "it holds tensors, but no run");
  const rest: Record<string, unknown> = {};
  try {
    for (const [key, value] of Object.entries(metadata)) {
      if (key !== "format" && typeof value === "string") rest[key] = JSON.parse(value);
    }
  } catch (cause) {
    throw refused(path, "its metadata are not JSON", cause);
  }
  for (const key of ["version", "created", "options", "sources", "summary"]) {
    if (rest[key] === undefined) throw refused(path, `its metadata lack "${key}"`);
  }
  const places = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => placeOf(name, asRecord(entry), dataLength, path));
  return { rest: rest as unknown as Omit<RunDocument, "tensors">, places };
}

function placeOf(
  name: string,
  entry: Record<string, unknown>,
  dataLength: number,
  path: string,
): TensorPlace {
  const shape = entry["shape"];
  const offsets = entry["data_offsets"];
  if (entry["dtype"] !== "F64" || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw refused(path, `tensor ${name} is not float64`);
  }
  const [start, stop] = offsets;
  const count = shape.reduce((product, size) => product * size, 1);
  if (stop - start !== 8 * count || stop > dataLength) {
    throw refused(path, `tensor ${name} needs ${8 * count} bytes and the file has not got them`);
  }
  return { name, shape, start, stop };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
