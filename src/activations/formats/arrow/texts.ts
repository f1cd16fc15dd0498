import { decodeIntegerLabels, decodeValues } from "../../elements/decode.ts";
import { byteWidth, isIntegral } from "../../elements/elementType.ts";
import { mostCharacters } from "../labelBounds.ts";
import type { ColumnType } from "./columnType.ts";
import { isPresent, type NumberVector, type Vector } from "./vectors.ts";

/** Of what a file of this many bytes may hold as texts, for each of its bytes. */
const mostPerByte = 8;

/** Counts the characters of a column over all batches, each of which may be packed small. */
export class CharacterCount {
  readonly #most: number;
  #count = 0;

  constructor(fileBytes: number) {
    this.#most = Math.max(mostCharacters, mostPerByte * fileBytes);
  }

  /** @throws RangeError if there are more than labels have */
  add(text: string): void {
    this.#count += text.length;
    if (this.#count > this.#most) {
      throw new RangeError(`texts of more than ${this.#most} characters`);
    }
  }
}

/**
 * Rows `from` to `to` of a column as texts; a missing one is empty.
 * @param entries of its dictionary, where it has one
 * @throws RangeError if the bytes make no sense, or the column is no column of single values
 */
export function textsOf(
  type: ColumnType,
  vector: Vector,
  from: number,
  to: number,
  entries: readonly string[] = [],
): string[] {
  const text = textAt(type, vector, from, to, entries);
  return Array.from({ length: to - from }, (_, i) =>
    isPresent(vector, from + i) ? text(from + i) : "",
  );
}

function textAt(
  type: ColumnType,
  vector: Vector,
  from: number,
  to: number,
  entries: readonly string[],
): (row: number) => string {
  switch (vector.kind) {
    case "texts": {
      const decoder = new TextDecoder();
      const fixed = type.kind === "fixedTexts";
      return (row) => {
        const text = decoder.decode(vector.bytesOf(row));
        // numpy and others fill what is left of a fixed width with zeros.
        return fixed ? text.replace(/\0+$/, "") : text;
      };
    }
    case "booleans":
      return (row) => String((((vector.bits[row >> 3] as number) >> (row & 7)) & 1) === 1);
    case "numbers":
      return numberTexts(type, vector, from, to, entries);
    case "lists":
    case "other":
      throw new RangeError("a column of no single values");
    default:
      return vector satisfies never;
  }
}

function numberTexts(
  type: ColumnType,
  { bytes, elementType }: NumberVector,
  from: number,
  to: number,
  entries: readonly string[],
): (row: number) => string {
  const part = bytes.subarray(from * byteWidth(elementType));
  if (type.kind === "numbers" && isIntegral(elementType)) {
    const texts = decodeIntegerLabels(elementType, "little", part, to - from);
    return (row) => texts[row - from] ?? "";
  }
  const values = new Float64Array(to - from);
  decodeValues(elementType, "little", part, values, 0, to - from);
  if (type.kind === "codes") {
    return (row) => {
      const code = values[row - from] as number;
      const entry = entries[code];
      if (entry === undefined) throw new RangeError(`code ${code} of ${entries.length} entries`);
      return entry;
    };
  }
  if (type.kind !== "moments") return (row) => String(values[row - from]);
  return (row) => {
    const ticks = values[row - from] as number;
    const date = new Date((ticks / type.perSecond) * 1000);
    return Number.isNaN(date.getTime()) ? String(ticks) : date.toISOString();
  };
}
