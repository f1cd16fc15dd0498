import { EigenlensError } from "../../../errors.ts";
import { isRecord, lookup } from "../../../lookup.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { ByteSource } from "../../byteSource.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import { denseStrides, isAddressable, shapeText, valueCount } from "../../shape.ts";
import { activationFile, place, type StoredTensor } from "../../storedTensor.ts";
import { stridedStored } from "../../strided/stridedStored.ts";
import { jsonValueCount } from "../json/valueCount.ts";
import { metadataVectors } from "./metadataVectors.ts";
import { withWitnesses } from "./witnesses.ts";
import { provenanceIn } from "../../captureProvenance.ts";
import { printable } from "../../../text/printable.ts";

const numericTypes: Readonly<Record<string, NumericType>> = {
  F16: "float16",
  BF16: "bfloat16",
  F32: "float32",
  F64: "float64",
  I8: "int8",
  I16: "int16",
  I32: "int32",
  I64: "int64",
  U8: "uint8",
  U16: "uint16",
  U32: "uint32",
  U64: "uint64",
  BOOL: "bool",
};

/** More than any model or sweep holds. */
export const mostTensors = 100_000;

const longestHeader = 32 * 2 ** 20;
/** Lists, objects and their entries; a tensor makes ten. Parsed JSON may take fifty bytes for two of its text. */
const mostJsonValues = 12 * mostTensors;

interface HeaderEntry {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly stop: number;
}

/**
 * The safetensors format: 8 bytes of header length, a JSON header, then the tensors without gaps.
 * Lists in the metadata (`"labels": "him,him,her"`) become text vectors.
 * @throws EigenlensError "file-format" if lengths, offsets or shapes contradict each other
 */
export async function openSafetensors(source: ByteSource): Promise<ActivationFile> {
  const { tensors, metadata } = await readSafetensors(source);
  const rows = new Set(tensors.map(({ info }) => info.shape[0]));
  const names = new Set(tensors.map(({ info }) => info.name));
  const vectors = metadataVectors(metadata, rows).filter(({ info }) => !names.has(info.name));
  return activationFile({
    path: source.path,
    format: "safetensors",
    byteLength: source.byteLength,
    tensors: [...withWitnesses(tensors), ...vectors],
    provenance: provenanceIn(withoutLists(metadata)),
    close: () => source.close(),
  });
}

/** A list is one value a row, as a column `layer` has it, and no provenance of all. */
function withoutLists(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isList = (value: unknown) => typeof value === "string" && value.trimStart().startsWith("[");
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isList(value)));
}

/** The tensors of one file; shards are read with it too. */
export async function readSafetensors(
  source: ByteSource,
): Promise<{ tensors: StoredTensor[]; metadata: Readonly<Record<string, unknown>> }> {
  const { header, dataOffset } = await readHeader(source);
  const entries: HeaderEntry[] = [];
  let metadata: Readonly<Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") {
      if (isRecord(value)) metadata = value;
    } else {
      entries.push(parseEntry(source, name, value, source.byteLength - dataOffset));
    }
  }
  if (entries.length > mostTensors) throw tooMany(source.path);
  checkOverlap(source, entries);
  return { tensors: entries.map((entry) => storedTensor(source, dataOffset, entry)), metadata };
}

async function readHeader(source: ByteSource) {
  const { path, byteLength } = source;
  const prefix = await source.read(0, Math.min(8, byteLength));
  const length =
    byteLength < 8 ? -1n : new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  if (length < 2n || length > BigInt(Math.min(longestHeader, byteLength - 8))) {
    throw new EigenlensError(
      "file-format",
      `${path}: its safetensors header claims ${length < 0n ? "no" : length} bytes, the file has ${byteLength}: it is cut short or damaged; copy or save it again.`,
    );
  }
  const bytes = await source.read(8, Number(length));
  if (jsonValueCount(bytes) > mostJsonValues) throw tooMany(path);
  const text = new TextDecoder().decode(bytes);
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError(
      "file-format",
      `${path}: its safetensors header is not JSON (${reason}); copy or save it again.`,
      { cause },
    );
  }
  if (!isRecord(header)) {
    throw new EigenlensError("file-format", `${path}: its safetensors header is not an object.`);
  }
  return { header, dataOffset: 8 + Number(length) };
}

function tooMany(path: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path}: its safetensors header holds more than the ${mostTensors} tensors that are read: split it.`,
  );
}

function parseEntry(
  source: ByteSource,
  name: string,
  value: unknown,
  dataBytes: number,
): HeaderEntry {
  const where = place(source.path, name);
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  if (typeof dtype !== "string" || !isNumbers(shape) || !isNumbers(offsets)) {
    throw new EigenlensError(
      "file-format",
      `${where}: its header entry lacks dtype, shape or data_offsets; save the file again.`,
    );
  }
  const [start, stop] = offsets;
  if (
    start === undefined ||
    stop === undefined ||
    !Number.isSafeInteger(start) ||
    !Number.isSafeInteger(stop) ||
    start < 0 ||
    stop < start ||
    stop > dataBytes
  ) {
    throw new EigenlensError(
      "file-format",
      `${where}: its data offsets [${offsets.join(", ")}] lie outside the ${dataBytes} bytes of data: the file is cut short or damaged; copy or save it again.`,
    );
  }
  const elementType = lookup(numericTypes, dtype);
  const needed = elementType === undefined ? undefined : valueCount(shape) * byteWidth(elementType);
  if (!isAddressable(shape) || (needed !== undefined && needed !== stop - start)) {
    throw new EigenlensError(
      "file-format",
      `${where}: ${shapeText(shape)} ${dtype} needs ${needed ?? "too many"} bytes, its offsets hold ${stop - start}: the header is damaged; save the file again.`,
    );
  }
  return { name, type: dtype, shape, start, stop };
}

function checkOverlap(source: ByteSource, entries: readonly HeaderEntry[]): void {
  const ordered = entries
    .filter((entry) => entry.stop > entry.start)
    .sort((a, b) => a.start - b.start);
  for (let i = 1; i < ordered.length; i++) {
    const before = ordered[i - 1];
    const entry = ordered[i];
    if (before !== undefined && entry !== undefined && entry.start < before.stop) {
      throw new EigenlensError(
        "file-format",
        `${source.path}: tensors ${printable(before.name)} and ${printable(entry.name)} overlap (bytes ${entry.start} to ${before.stop}): the header is damaged; save the file again.`,
      );
    }
  }
}

function storedTensor(source: ByteSource, dataOffset: number, entry: HeaderEntry): StoredTensor {
  const { name, shape, type } = entry;
  const info = { name, shape, byteOrder: "little", order: "row-major" } as const;
  const elementType = lookup(numericTypes, type);
  if (elementType === undefined) {
    const unreadable = `its type ${type} is not read (F16, BF16, F32, F64, integers and BOOL are): save it as F32.`;
    return { info: { ...info, elementType: "uint8", unreadable } };
  }
  const offset = dataOffset + entry.start;
  const strides = denseStrides(shape, "row-major");
  const layout = { source, offset, shape, strides, elementType, byteOrder: "little" } as const;
  return stridedStored({ ...info, elementType }, layout);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "number");
}
