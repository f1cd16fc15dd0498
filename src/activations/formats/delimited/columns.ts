import { countedRows, type Column } from "../columnRoles.ts";
import { positionName } from "../columnSeries.ts";
import { parseCell, type Dialect } from "./dialect.ts";
import { beginsList, parseListCell } from "../listCell.ts";

/** What a sample of its cells shows of one column. */
export interface CellColumn extends Column {
  /** The shape of the lists in its cells, if it has lists. */
  readonly list?: readonly number[] | "shortened";
}

/** Describes the columns of a table from its first records, the header included. */
export function describeCells(records: readonly string[][], dialect: Dialect): CellColumn[] {
  const [first = []] = records;
  const rows = dialect.header ? records.slice(1) : records;
  return first.map((heading, column) => {
    const name = dialect.header ? heading : positionName(column);
    const cells = rows.map((record) => record[column] ?? "");
    const list = listShape(cells);
    if (list !== undefined) return { name, numeric: false, integral: false, list };
    const values = cells.map((cell) => parseCell(cell, dialect.decimalComma));
    const numeric =
      values.every((value) => value !== undefined) && cells.some((cell) => cell !== "");
    return {
      name,
      numeric,
      integral: numeric && values.every((value) => isWhole(value)),
      whole: numeric && cells.every((cell) => /^\s*[+-]?\d+\s*$/.test(cell)),
      dead: numeric && values.every((value) => value === 0),
      counted: countedRows(values),
    };
  });
}

/** A label may be missing. */
function isWhole(value: number | undefined): boolean {
  return Number.isInteger(value) || Number.isNaN(value);
}

function listShape(cells: readonly string[]): readonly number[] | "shortened" | undefined {
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (filled.length === 0 || !filled.every(beginsList)) return undefined;
  let shape: readonly number[] | "shortened" | undefined;
  for (const cell of filled) {
    const list = parseListCell(cell);
    if (list === "text") return undefined;
    if (list === "shortened") shape ??= "shortened";
    else if (list !== "ragged" && list.values.length > 0) return list.shape;
  }
  return shape;
}
