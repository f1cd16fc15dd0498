import type * as arrow from "../../libraries/arrow.ts";
import { columnType, type ColumnType } from "./columnType.ts";

type ArrowLibrary = typeof arrow;

/** A column, or what its lists hold, with what it takes of each record batch. */
export interface ArrowField {
  readonly name: string;
  readonly type: ColumnType;
  readonly children: readonly ArrowField[];
  /** Field nodes of itself and all below. */
  readonly nodes: number;
  /** Buffers of itself and all below, without those that views point into. */
  readonly buffers: number;
  /** How many of itself and all below are views, each with a number of further buffers. */
  readonly views: number;
}

/** What all record batches of a file have in common. */
export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
  /** Texts under the keys that are looked for; the others are passed over. */
  readonly metadata: ReadonlyMap<string, string>;
}

const deepest = 32;
const mostFields = 1_000_000;
const usedKeys = ["huggingface", "pandas"];

/**
 * Decodes a schema. Its tables may point at one another at will, so that fields and names are counted: no more
 * of either than its bytes can hold.
 * @param byteLength of the buffer it lies in
 * @throws RangeError if it makes no sense
 */
export function decodeSchema(
  library: ArrowLibrary,
  schema: arrow.Schema,
  byteLength: number,
): ArrowSchema {
  if (schema.endianness() !== library.Endianness.Little) {
    throw new RangeError("its numbers are big-endian, which is not read");
  }
  const decoder = new FieldDecoder(library, byteLength);
  const fields: ArrowField[] = [];
  for (let i = 0; i < schema.fieldsLength(); i++) fields.push(decoder.field(schema.fields(i), 0));
  const metadata = new Map<string, string>();
  for (let i = 0; i < schema.customMetadataLength(); i++) {
    const entry = schema.customMetadata(i);
    const key = entry?.key(library.Encoding.UTF8_BYTES);
    if (!(key instanceof Uint8Array) || key.length > 16) continue;
    const name = new TextDecoder().decode(key);
    const value = entry?.value(library.Encoding.UTF8_BYTES);
    if (!usedKeys.includes(name) || metadata.has(name) || !(value instanceof Uint8Array)) continue;
    metadata.set(name, new TextDecoder().decode(value));
  }
  return { fields, metadata };
}

class FieldDecoder {
  readonly #library: ArrowLibrary;
  readonly #text = new TextDecoder();
  #fields = 0;
  /** Bytes that are left for names: tables may share one, but no writer does. */
  #nameBytes: number;

  constructor(library: ArrowLibrary, byteLength: number) {
    this.#library = library;
    this.#nameBytes = byteLength;
  }

  field(stored: arrow.Field | null, depth: number): ArrowField {
    if (stored === null) throw new RangeError("a column is not described");
    if (++this.#fields > mostFields) throw new RangeError(`more than ${mostFields} columns`);
    if (depth > deepest) throw new RangeError(`lists nested more than ${deepest} deep`);
    const children: ArrowField[] = [];
    const coded = stored.dictionary() !== null;
    // What a dictionary holds lies in its own batch.
    for (let i = 0; !coded && i < stored.childrenLength(); i++) {
      children.push(this.field(stored.children(i), depth + 1));
    }
    const { type, buffers, isView } = columnType(this.#library, stored, children.length);
    const sum = (count: (child: ArrowField) => number) =>
      children.reduce((total, child) => total + count(child), 0);
    return {
      name: this.#name(stored),
      type,
      children,
      nodes: 1 + sum((child) => child.nodes),
      buffers: buffers + sum((child) => child.buffers),
      views: (isView ? 1 : 0) + sum((child) => child.views),
    };
  }

  #name(stored: arrow.Field): string {
    const bytes = stored.name(this.#library.Encoding.UTF8_BYTES);
    if (!(bytes instanceof Uint8Array)) return "";
    this.#nameBytes -= bytes.length;
    if (this.#nameBytes < 0) throw new RangeError("the names of its columns overlap");
    return this.#text.decode(bytes);
  }
}
