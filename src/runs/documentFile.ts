import { EigenlensError } from "../errors.ts";
import type { DocumentTensor, RunDocument } from "./runDocument.ts";

/**
 * A run document as bytes: a safetensors file (8 bytes little-endian header length, JSON header padded
 * to 8 bytes, float64 data) whose `__metadata__` carries everything that is not a tensor, each entry as
 * JSON text, so that `safetensors.numpy.load_file` reads the tensors with one line of Python.
 */
export function encodeDocument(document: RunDocument): Uint8Array {
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
  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(text, 8);
  // Every offset is a multiple of eight, so the data can be laid down as float64 at once.
  const data = new Float64Array(bytes.buffer, 8 + headerLength, end / 8);
  let at = 0;
  for (const tensor of Object.values(tensors)) {
    data.set(tensor.values, at);
    at += tensor.values.length;
  }
  return bytes;
}

/**
 * Reads a run document back.
 * @param path for messages
 * @throws EigenlensError "file-format" where the bytes are not a run document of this version or older
 */
export function decodeDocument(bytes: Uint8Array, path: string): RunDocument {
  const fail = (found: string, cause?: unknown) =>
    new EigenlensError(
      "file-format",
      `${path} is not an Eigenlens run document: ${found}; open one that Eigenlens saved (NAME.ged.safetensors).`,
      { cause },
    );
  if (bytes.length < 8) throw fail(`it has ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > bytes.length - 8) throw fail("its header is longer than the file");
  let header: Record<string, unknown>;
  try {
    header = asRecord(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))));
  } catch (cause) {
    throw fail("its header is not JSON", cause);
  }
  const metadata = asRecord(header["__metadata__"]);
  if (metadata["format"] !== formatName) throw fail("it holds tensors, but no run");
  const rest: Record<string, unknown> = {};
  try {
    for (const [key, value] of Object.entries(metadata)) {
      if (key !== "format" && typeof value === "string") rest[key] = JSON.parse(value);
    }
  } catch (cause) {
    throw fail("its metadata are not JSON", cause);
  }
  for (const key of ["version", "created", "options", "sources", "summary"]) {
    if (rest[key] === undefined) throw fail(`its metadata lack "${key}"`);
  }
  const tensors: Record<string, DocumentTensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    tensors[name] = readTensor(bytes, 8 + headerLength, asRecord(entry), (found) =>
      fail(`tensor ${name} ${found}`),
    );
  }
  return { ...(rest as unknown as Omit<RunDocument, "tensors">), tensors };
}

const formatName = "eigenlens.run";

function readTensor(
  bytes: Uint8Array,
  dataStart: number,
  entry: Record<string, unknown>,
  fail: (found: string) => EigenlensError,
): DocumentTensor {
  const shape = entry["shape"];
  const offsets = entry["data_offsets"];
  if (entry["dtype"] !== "F64" || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw fail("is not float64");
  }
  const [start, end] = offsets;
  const count = shape.reduce((product, size) => product * size, 1);
  if (end - start !== 8 * count || dataStart + end > bytes.length) {
    throw fail(`needs ${8 * count} bytes and the file has not got them`);
  }
  const from = bytes.byteOffset + dataStart + start;
  // Copied, so that the values are aligned and do not keep the whole file in memory.
  const values = new Float64Array(bytes.buffer.slice(from, from + 8 * count));
  return { shape, values };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
