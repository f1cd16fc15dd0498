import { decodeValues } from "../../elements/decode.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import { mostCharacters } from "../labelBounds.ts";
import type { Cursor, StoredBatch } from "./batch.ts";
import type { ColumnType } from "./columnType.ts";
import type { ArrowField } from "./schema.ts";

/** What all columns of a batch have. */
interface Values {
  readonly length: number;
  /** One bit a value, set where it is there; absent if all are. */
  readonly bitmap?: Uint8Array;
}

export interface NumberVector extends Values {
  readonly kind: "numbers";
  readonly elementType: NumericType;
  readonly bytes: Uint8Array;
}

export interface ListVector extends Values {
  readonly kind: "lists";
  /** Where the list of a row begins in `items`, and how many it has. */
  readonly start: (row: number) => number;
  readonly size: (row: number) => number;
  readonly items: Vector;
}

export interface TextVector extends Values {
  readonly kind: "texts";
  readonly bytesOf: (row: number) => Uint8Array;
}

export interface BooleanVector extends Values {
  readonly kind: "booleans";
  readonly bits: Uint8Array;
}

export interface OtherVector extends Values {
  readonly kind: "other";
}

/** A column of one batch, or what its lists hold; every length has been checked against the bytes. */
export type Vector = NumberVector | ListVector | TextVector | BooleanVector | OtherVector;

/**
 * Reads the buffers of one column.
 * @param at where it begins; moved on to what follows it
 * @param boundsOnly whether only lists are looked at, and not what they hold
 * @throws RangeError if the buffers are shorter than they must be
 */
export async function loadVector(
  batch: StoredBatch,
  field: ArrowField,
  at: Cursor,
  boundsOnly = false,
): Promise<Vector> {
  const { type } = field;
  const { length, hasNulls } = batch.node(at.node);
  if (type.kind === "other" || (boundsOnly && type.kind !== "lists")) {
    skipField(batch, field, at);
    return { kind: "other", length };
  }
  at.node++;
  const first = await batch.buffer(at.buffer++);
  const bitmap = hasNulls && first.length > 0 ? first : undefined;
  if (bitmap !== undefined) checkBytes(bitmap, Math.ceil(length / 8));
  const values: Values = { length, ...(bitmap === undefined ? {} : { bitmap }) };
  switch (type.kind) {
    case "numbers":
    case "codes":
    case "moments": {
      const bytes = await batch.buffer(at.buffer++);
      checkBytes(bytes, length * byteWidth(type.elementType));
      return { kind: "numbers", ...values, elementType: type.elementType, bytes };
    }
    case "booleans": {
      const bits = await batch.buffer(at.buffer++);
      checkBytes(bits, Math.ceil(length / 8));
      return { kind: "booleans", ...values, bits };
    }
    case "fixedTexts": {
      const bytes = await batch.buffer(at.buffer++);
      const { width } = type;
      checkBytes(bytes, length * width);
      const bytesOf = (row: number) => bytes.subarray(row * width, (row + 1) * width);
      return { kind: "texts", ...values, bytesOf };
    }
    case "texts": {
      const bytesOf =
        type.layout === "views"
          ? await viewTexts(batch, values, at)
          : await offsetTexts(batch, type.layout, length, at);
      return { kind: "texts", ...values, bytesOf };
    }
    case "lists": {
      const lists = await listBounds(batch, type, length, at);
      const [child] = field.children;
      if (child === undefined) throw new RangeError("lists of nothing");
      const items = await loadVector(batch, child, at, boundsOnly);
      return { kind: "lists", ...values, ...lists, items: asNumbers(items) };
    }
    default:
      return type satisfies never;
  }
}

/** Booleans in lists (masks) are read as 0 and 1. */
function asNumbers(vector: Vector): Vector {
  if (vector.kind !== "booleans") return vector;
  const { bits, length, bitmap } = vector;
  const bytes = Uint8Array.from({ length }, (_, at) => ((bits[at >> 3] ?? 0) >> (at & 7)) & 1);
  const values: Values = { length, ...(bitmap === undefined ? {} : { bitmap }) };
  return { kind: "numbers", ...values, elementType: "bool", bytes };
}

/** Moves on to what follows a column without reading it. */
export function skipField(batch: StoredBatch, field: ArrowField, at: Cursor): void {
  at.node += field.nodes;
  at.buffer += field.buffers;
  for (let view = 0; view < field.views; view++) at.buffer += batch.viewBuffers(at.view++);
}

/** Whether the value is there. */
export function isPresent({ bitmap }: Values, row: number): boolean {
  return bitmap === undefined || (((bitmap[row >> 3] as number) >> (row & 7)) & 1) === 1;
}

function checkBytes(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) {
    throw new RangeError(`a buffer of ${bytes.length} bytes, where ${needed} are needed`);
  }
}

/** Whole numbers as typed array; those of 64 bits as floats, which hold every offset in a file. */
function integers(
  bytes: Uint8Array,
  elementType: "int32" | "int64",
  count: number,
): Int32Array | Float64Array {
  checkBytes(bytes, count * byteWidth(elementType));
  if (elementType === "int32") return new Int32Array(bytes.buffer, bytes.byteOffset, count);
  const values = new Float64Array(count);
  decodeValues("int64", "little", bytes, values, 0, count);
  return values;
}

async function offsetTexts(
  batch: StoredBatch,
  layout: "offsets32" | "offsets64",
  length: number,
  at: Cursor,
) {
  const stored = await batch.buffer(at.buffer++);
  const bytes = await batch.buffer(at.buffer++);
  const width = layout === "offsets32" ? "int32" : "int64";
  const offsets = length === 0 ? [] : integers(stored, width, length + 1);
  let reached = 0;
  // Also for rows that are missing: if offsets fell there, every other text could be the whole buffer.
  for (const offset of offsets) {
    if (!(offset >= reached && offset <= bytes.length)) {
      throw new RangeError(`a text from byte ${reached} to ${offset} of ${bytes.length}`);
    }
    reached = offset;
  }
  return (row: number) => bytes.subarray(offsets[row], offsets[row + 1]);
}

const viewBytes = 16;
const mostInlined = 12;

/** Short texts stand in the view itself, longer ones in another buffer. */
async function viewTexts(batch: StoredBatch, values: Values, at: Cursor) {
  const { length } = values;
  const views = await batch.buffer(at.buffer++);
  checkBytes(views, length * viewBytes);
  const buffers: Uint8Array[] = [];
  for (let left = batch.viewBuffers(at.view++); left > 0; left--) {
    buffers.push(await batch.buffer(at.buffer++));
  }
  const table = new DataView(views.buffer, views.byteOffset, views.length);
  checkViews(table, values, buffers);
  return (row: number) => {
    const place = row * viewBytes;
    const size = table.getInt32(place, true);
    if (size <= mostInlined) return views.subarray(place + 4, place + 4 + Math.max(0, size));
    const bytes = buffers[table.getInt32(place + 8, true)];
    const start = table.getInt32(place + 12, true);
    if (bytes === undefined || !(start >= 0 && start + size <= bytes.length)) {
      throw new RangeError(`a text of ${size} bytes lies outside its buffer`);
    }
    return bytes.subarray(start, start + size);
  };
}

/** Any number of views may show the same bytes: together they must not be more than labels are. */
function checkViews(table: DataView, values: Values, buffers: readonly Uint8Array[]): void {
  const stored = buffers.reduce((sum, bytes) => sum + bytes.length, table.byteLength);
  const most = Math.max(mostCharacters, stored);
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    if (isPresent(values, row)) total += Math.max(0, table.getInt32(row * viewBytes, true));
  }
  if (total > most) throw new RangeError(`texts of ${total} bytes, where ${stored} are stored`);
}

interface ListBounds {
  readonly start: (row: number) => number;
  readonly size: (row: number) => number;
}

async function listBounds(
  batch: StoredBatch,
  { layout, size }: Extract<ColumnType, { kind: "lists" }>,
  length: number,
  at: Cursor,
): Promise<ListBounds> {
  if (layout === "fixed") return { start: (row) => row * size, size: () => size };
  const width = layout === "offsets32" || layout === "views32" ? "int32" : "int64";
  const stored = await batch.buffer(at.buffer++);
  if (layout === "views32" || layout === "views64") {
    const starts = integers(stored, width, length);
    const sizes = integers(await batch.buffer(at.buffer++), width, length);
    return { start: (row) => starts[row] as number, size: (row) => sizes[row] as number };
  }
  // Some writers leave the one offset of no lists out.
  const offsets = length === 0 ? [0] : integers(stored, width, length + 1);
  return {
    start: (row) => offsets[row] as number,
    size: (row) => (offsets[row + 1] as number) - (offsets[row] as number),
  };
}
