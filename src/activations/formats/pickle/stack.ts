import type { RowBuffer } from "../../activationFile.ts";
import { isIntegral, type NumericType } from "../../elements/elementType.ts";
import { shapeText, valueCount } from "../../shape.ts";
import { unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { areNumbers, copyNumbers } from "./labels.ts";
import { readArray, type PickledArray } from "./pickledArray.ts";
import type { PickleValue } from "./values.ts";

/** One value of a list or dictionary, as far as it may be a row of a matrix. */
export type Part =
  | { readonly kind: "row"; readonly row: Row }
  /** An array with rows of its own, or any other container. */
  | { readonly kind: "whole"; readonly what: string }
  | { readonly kind: "scalar"; readonly what: string };

/** One vector: an array [columns] or [1, columns], or a list of numbers. */
export interface Row {
  readonly length: number;
  readonly elementType: NumericType;
  /** Whether it is a plain vector, without axes of one before it. */
  readonly isFlat: boolean;
  /** @param destination `length` values */
  read(destination: RowBuffer): Promise<void> | void;
}

/** An array as a row; undefined if it has rows of its own, or is a single number. */
export function rowOfArray(array: PickledArray): Row | undefined {
  const { shape, elementType } = array;
  const length = shape.at(-1);
  if (length === undefined || length === 0 || valueCount(shape) !== length) return undefined;
  return {
    length,
    elementType,
    isFlat: shape.length === 1,
    read: (into) => readArray(array, into),
  };
}

/** A single value among the parts. */
export function scalarPart(value: null | string | number | bigint | boolean): Part {
  if (value === null) return { kind: "scalar", what: "None" };
  return { kind: "scalar", what: typeof value === "string" ? "a text" : "a single number" };
}

/** A list as a row, if it holds numbers only. */
export function listPart(items: readonly PickleValue[]): Part {
  if (!areNumbers(items)) return { kind: "whole", what: "no list of numbers" };
  const whole = items.every((item) => typeof item !== "number" || Number.isInteger(item));
  return {
    kind: "row",
    row: {
      length: items.length,
      elementType: whole ? "int64" : "float64",
      isFlat: true,
      read: (destination) => copyNumbers(items, destination),
    },
  };
}

/** What stacking comes to; undefined if the values are no rows of one matrix and are listed one by one. */
export type Stacked =
  | { readonly rows: readonly Row[] }
  | { readonly shape: readonly number[]; readonly refusal: string };

/**
 * Whether the values of a container are one vector per row. A few vectors beside matrices or settings are just that;
 * many with an odd one among them are rows that do not fit together, and silently leaving one out would shift the
 * labels.
 * @param nameOf how the value at a position is called in the refusal
 * @param isKeyed whether the values have names of their own, under which they may be anything
 */
export function stackedRows(
  parts: readonly Part[],
  nameOf: (position: number) => string,
  isKeyed: boolean,
): Stacked | undefined {
  const rows = parts.flatMap((part) => (part.kind === "row" ? [part.row] : []));
  if (rows.length < 2) return undefined;
  // Named vectors of whole numbers are labels, pairs, positions.
  if (isKeyed && rows.every(({ elementType }) => isIntegral(elementType))) return undefined;
  const columns = commonLength(rows);
  const fitting = rows.filter(({ length }) => length === columns).length;
  if (fitting === parts.length) return { rows };
  const isWhole = parts.some(({ kind }) => kind === "whole");
  if (isKeyed && (isWhole || fitting < 3)) return undefined;
  if (isWhole && (fitting < 3 || rows.length !== fitting)) return undefined;
  if (2 * fitting <= parts.length && (isKeyed || rows.length !== parts.length)) return undefined;
  const odd = parts.findIndex((part) => part.kind !== "row" || part.row.length !== columns);
  const part = parts[odd];
  const what =
    part?.kind === "row" ? `has ${part.row.length} values` : `is ${part?.what ?? "missing"}`;
  return {
    shape: [parts.length, columns],
    refusal: `${nameOf(odd)} ${what}, others are vectors of ${columns}: give every row as many values, or save one matrix [rows, columns].`,
  };
}

/** The length that most rows have; of equally frequent ones the first. */
function commonLength(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  let best = rows[0]?.length ?? 0;
  for (const [length, count] of counts) if (count > (counts.get(best) ?? 0)) best = length;
  return best;
}

/** Vectors may be referred to any number of times; matrices larger than this are made of distinct ones only. */
const mostRepeated = 2 ** 24;

/**
 * Vectors as the rows of one matrix, read one after the other when they are asked for.
 * @param fileBytes the file's length, which bounds how many values it can hold
 */
export function stackTensor(name: string, rows: readonly Row[], fileBytes: number): StoredTensor {
  const columns = rows[0]?.length ?? 0;
  const shape = [rows.length, columns];
  if (valueCount(shape) > mostRepeated + fileBytes) {
    const reason = `its ${rows.length} rows repeat the same vectors to ${shapeText(shape)} values, more than the file holds: save one matrix [rows, columns].`;
    return unreadableTensor(name, shape, reason);
  }
  const types = new Set(rows.map(({ elementType }) => elementType));
  const [only = "float64"] = types;
  return {
    info: {
      name,
      shape,
      elementType: types.size === 1 ? only : "float64",
      byteOrder: "little",
      order: "row-major",
    },
    async readRows(start, stop, destination) {
      for (let row = start; row < stop; row++) {
        const at = (row - start) * columns;
        await rows[row]?.read(destination.subarray(at, at + columns));
      }
    },
  };
}
