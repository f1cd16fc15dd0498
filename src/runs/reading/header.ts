import type { ByteSource } from "../../activations/byteSource.ts";
import { printable } from "../../text/printable.ts";
import type { TensorHeader } from "../checksums.ts";
import { formatKeys, formatName, longestHeader } from "../documentFormat.ts";
import { isRecord } from "../../lookup.ts";
import { damaged, foreign } from "./refusals.ts";
import { JsonBudget, parseStrictly } from "./strictJson.ts";

/** Where a tensor's values lie, float64 and row-major. */
export interface TensorPlace extends TensorHeader {
  /** Bytes from the start of the file. */
  readonly start: number;
  readonly byteLength: number;
}

export interface DocumentHeader {
  /** As they stand in the file: all but `format` are JSON. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order in which they lie in the file, which they fill to its end without gaps. */
  readonly places: readonly TensorPlace[];
  /** What the texts in the metadata may still hold. */
  readonly budget: JsonBudget;
}

/** Tensors and entries of metadata: a document has some forty. */
const mostEntries = 1000;

/**
 * Reads the header of a safetensors file that calls itself a run.
 * @throws EigenlensError "file-format" if it is none, or its tensors are not float64, overlap, leave
 *   gaps or do not end with the file
 */
export async function readHeader(source: ByteSource): Promise<DocumentHeader> {
  const { path, byteLength } = source;
  const length = await headerLength(source);
  const budget = new JsonBudget(length);
  const text = decodeText(await source.read(8, length));
  const header = text === undefined ? undefined : parseHeader(text, path, budget);
  if (header === undefined) throw damaged(path, "its header is not JSON");
  const metadata = header["__metadata__"];
  if (!isRecord(metadata) || metadata[formatKeys.format] !== formatName) {
    throw foreign(path, "it holds tensors, but no run");
  }
  const names = Object.keys(header).filter((name) => name !== "__metadata__");
  if (names.length + Object.keys(metadata).length > mostEntries) {
    throw damaged(path, "its header has more entries than a run");
  }
  if (!isTexts(metadata)) throw damaged(path, "its metadata are not texts");
  const dataStart = 8 + length;
  const places = names.map((name) => placeOf(name, header[name], dataStart, path));
  return { metadata, places: inOrder(places, dataStart, byteLength, path), budget };
}

async function headerLength(source: ByteSource): Promise<number> {
  const { path, byteLength } = source;
  if (byteLength < 8) throw foreign(path, `it has ${byteLength} bytes`);
  const lead = await source.read(0, 8);
  const length = new DataView(lead.buffer, lead.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(longestHeader)) {
    throw foreign(path, "it does not begin as a safetensors file");
  }
  if (Number(length) > byteLength - 8) throw damaged(path, "its header is longer than the file");
  return Number(length);
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseHeader(
  text: string,
  path: string,
  budget: JsonBudget,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const header = parseStrictly(text, budget);
    return isRecord(header) ? header : undefined;
  } catch (cause) {
    throw damaged(path, `its header cannot be read (${reasonOf(cause)})`, cause);
  }
}

function placeOf(name: string, entry: unknown, dataStart: number, path: string): TensorPlace {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const place = printable(name);
  if (dtype !== "F64" || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw damaged(path, `its tensor ${place} is not float64`);
  }
  const [start = 0, stop = 0] = offsets;
  const count = shape.reduce((product, size) => product * size, 1);
  if (stop - start !== 8 * count) {
    throw damaged(
      path,
      `its tensor ${place} is said to take ${stop - start} bytes, not ${8 * count}`,
    );
  }
  return { name, shape, start: dataStart + start, byteLength: stop - start };
}

function inOrder(
  places: readonly TensorPlace[],
  dataStart: number,
  fileLength: number,
  path: string,
): readonly TensorPlace[] {
  // Empty tensors stand before the one that begins at the same byte.
  const ordered = [...places].sort((a, b) => a.start - b.start || a.byteLength - b.byteLength);
  let end = dataStart;
  for (const { name, start, byteLength } of ordered) {
    if (start !== end) {
      const fault = start < end ? "overlaps another one" : "leaves a gap before it";
      throw damaged(path, `its tensor ${printable(name)} ${fault}`);
    }
    end += byteLength;
  }
  if (end !== fileLength) {
    const fault = end > fileLength ? "it is cut short" : "something was added";
    throw damaged(path, `it has ${fileLength} bytes instead of ${end}: ${fault}`);
  }
  return ordered;
}

/** The clause that tells of a fault while parsing; the engine's own words for bad syntax say no more. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? printable(cause.message) : String(cause);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function isTexts(
  record: Readonly<Record<string, unknown>>,
): record is Readonly<Record<string, string>> {
  return Object.values(record).every((value) => typeof value === "string");
}
