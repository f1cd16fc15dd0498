import { EigenlensError } from "../../../errors.ts";
import type { RowBuffer } from "../../activationFile.ts";
import { flattenInto } from "../json/values.ts";
import { missingValue } from "../nestedRows.ts";

/** Rows that cannot be read before none is: beyond that, no selection of rows would avoid them. */
const mostFaults = 100;

/**
 * Lists as the library hands them over, in C order; a row that cannot be read is NaN.
 * @param shape of one row
 * @param destination `lists.length` rows
 * @param describe names a row, counted from 0 within `lists`
 * @returns what is wrong with which rows, so that those who do not ask for them are not troubled
 * @throws EigenlensError "file-format" if it is wrong with too many
 */
export function fillRows(
  lists: ArrayLike<unknown>,
  shape: readonly number[],
  destination: RowBuffer,
  describe: (row: number) => string,
): ReadonlyMap<number, EigenlensError> {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const row = new Float64Array(length);
  const faults = new Map<number, EigenlensError>();
  for (let at = 0; at < lists.length; at++) {
    try {
      const list = plain(lists[at]);
      const missing = firstMissing(list);
      if (missing !== undefined) throw missingValue(describe(at), missing);
      flattenInto(list, shape, row, 0, () => describe(at));
    } catch (fault) {
      if (!(fault instanceof EigenlensError)) throw fault;
      faults.set(at, fault);
      if (faults.size > mostFaults) throw [...faults.values()][0];
      row.fill(Number.NaN);
    }
    destination.set(row, at * length);
  }
  return faults;
}

/** Where the first value or list is missing; undefined if none is. */
export function firstMissing(value: unknown): number[] | undefined {
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  for (const [at, entry] of value.entries()) {
    if (typeof entry === "number") continue;
    const inner = firstMissing(entry);
    if (inner !== undefined) return [at, ...inner];
  }
  return undefined;
}

/** Typed arrays, 64-bit integers and booleans in a list, as plain lists and numbers; what is missing is null. */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, plain);
  }
  return value === undefined ? null : value;
}
