import type { RowBuffer } from "../../activationFile.ts";
import { decodeValues } from "../../elements/decode.ts";
import { byteWidth, type NumericType } from "../../elements/elementType.ts";
import { missingValue, raggedList } from "../nestedRows.ts";
import type { ArrowField } from "./schema.ts";
import { isPresent, type ListVector, type NumberVector, type Vector } from "./vectors.ts";

/** The type of what a column's lists, or the lists in its lists, hold in the end; undefined if it is no number. */
export function listedNumbers({ type, children }: ArrowField): NumericType | undefined {
  if (type.kind === "numbers") return type.elementType;
  // A list of booleans is a mask; a column of them is one of labels.
  if (type.kind === "booleans") return "bool";
  const [child] = children;
  return type.kind === "lists" && child !== undefined ? listedNumbers(child) : undefined;
}

/** The shape of one row; undefined if a list of it is missing or empty, so that another row must tell. */
export function listShape(vector: Vector, row: number): number[] | undefined {
  if (vector.kind !== "lists") return [];
  if (!isPresent(vector, row)) return undefined;
  const size = vector.size(row);
  if (size === 0) return undefined;
  const inner = listShape(vector.items, checkedStart(vector, row, size));
  return inner && [size, ...inner];
}

/**
 * Writes rows `from` to `to` of a column of lists, in C order.
 * @param shape of one row
 * @param where names the row for a message
 * @throws EigenlensError "file-format" if a list or value is missing or a list has another length; RangeError if the
 *   bytes make no sense
 */
export function copyLists(
  lists: ListVector,
  shape: readonly number[],
  from: number,
  to: number,
  destination: RowBuffer,
  at: number,
  where: (row: number) => string,
): void {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const [size = 0] = shape;
  if (shape.length === 1 && lists.items.kind === "numbers" && follow(lists, from, to, size)) {
    const first = from === to ? 0 : checkedStart(lists, from, (to - from) * size);
    if (areThere(lists.items, first, (to - from) * size)) {
      copyNumbers(lists.items, first, (to - from) * size, destination, at);
      return;
    }
  }
  for (let row = from; row < to; row++) {
    copyList(lists, shape, [], row, destination, at + (row - from) * length, () => where(row));
  }
}

/** The least and most entries of the lists of rows `from` to `to`; those that are missing have none. */
export function listSizes(vector: Vector, from: number, to: number) {
  let [fewest, most] = [Number.POSITIVE_INFINITY, 0];
  for (let row = from; row < to && vector.kind === "lists"; row++) {
    const size = isPresent(vector, row) ? vector.size(row) : 0;
    fewest = Math.min(fewest, size);
    most = Math.max(most, size);
  }
  return { fewest, most };
}

/** Whether the lists are all there and one stands right after the other. */
function follow(lists: ListVector, from: number, to: number, size: number): boolean {
  for (let row = from; row < to; row++) {
    if (!isPresent(lists, row) || lists.size(row) !== size) return false;
    if (row > from && lists.start(row) !== lists.start(row - 1) + size) return false;
  }
  return true;
}

function copyList(
  vector: Vector,
  shape: readonly number[],
  position: readonly number[],
  row: number,
  destination: RowBuffer,
  at: number,
  where: () => string,
): void {
  if (vector.kind !== "lists") throw new RangeError("a list holds no list");
  if (!isPresent(vector, row)) throw missingValue(where(), position);
  const axis = position.length;
  const size = vector.size(row);
  if (size !== shape[axis]) throw raggedList(where(), shape.slice(axis), size);
  const start = checkedStart(vector, row, size);
  const { items } = vector;
  if (axis === shape.length - 1) {
    if (items.kind !== "numbers") throw new RangeError("a list holds no numbers");
    for (let i = 0; i < size; i++) {
      if (!isPresent(items, start + i)) throw missingValue(where(), [...position, i]);
    }
    copyNumbers(items, start, size, destination, at);
    return;
  }
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  for (let i = 0; i < size; i++) {
    copyList(items, shape, [...position, i], start + i, destination, at + i * inner, where);
  }
}

function checkedStart(lists: ListVector, row: number, size: number): number {
  const start = lists.start(row);
  if (start >= 0 && size >= 0 && start + size <= lists.items.length) return start;
  throw new RangeError(`a list from ${start} of ${size} values lies outside its column`);
}

function areThere(numbers: NumberVector, from: number, count: number): boolean {
  if (numbers.bitmap === undefined) return true;
  for (let i = from; i < from + count; i++) if (!isPresent(numbers, i)) return false;
  return true;
}

/** Numbers `from` to `from + count`, whether they are there or not. */
export function copyNumbers(
  { bytes, elementType }: NumberVector,
  from: number,
  count: number,
  destination: RowBuffer,
  at: number,
): void {
  const part = bytes.subarray(from * byteWidth(elementType));
  decodeValues(elementType, "little", part, destination, at, count);
}
