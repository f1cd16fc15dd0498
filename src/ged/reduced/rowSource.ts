import type { Matrix } from "../../linalg/matrix.ts";
import { reduceCoordinates } from "./reduceCoordinates.ts";
import { reduceRows, type Centring, type ReducedRows, type Split } from "./reduceRows.ts";
import { inner } from "../../linalg/small/tiles.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/** The rows as their inner products (fewer rows than neurons) or by their coordinates (more). */
export type RowSource =
  /** [N, N] */
  | { readonly kind: "gram"; readonly gram: Matrix }
  /** [N, P], in P orthonormal directions of neuron space. */
  | { readonly kind: "coordinates"; readonly rows: Matrix };

/** N */
export function countRows(source: RowSource): number {
  return source.kind === "gram" ? source.gram.rows : source.rows.rows;
}

/** The rows of one split in the directions in which its training rows vary, whichever way is at hand. */
export function reduceSource(
  source: RowSource,
  split: Split,
  centring: Centring,
  workspace: Workspace,
  checkpoint?: () => void,
): ReducedRows {
  return source.kind === "gram"
    ? reduceRows(source.gram, split, centring, workspace, checkpoint)
    : reduceCoordinates(source.rows, split, centring, workspace, checkpoint);
}

/**
 * `X X'c`: the inner products of every row with the sum of rows that has the coefficients c.
 * @param c [N]
 * @returns [N]
 */
export function imageOf(source: RowSource, c: Float64Array): Float64Array {
  if (source.kind === "gram") {
    const { rows, values } = source.gram;
    return Float64Array.from({ length: rows }, (_, i) => inner(values, i * rows, c, 0, rows));
  }
  const { rows, columns, values } = source.rows;
  const sum = new Float64Array(columns);
  for (let i = 0; i < rows; i += 1) {
    if (c[i] === 0) continue;
    for (let j = 0; j < columns; j += 1) sum[j] += c[i] * values[i * columns + j];
  }
  return Float64Array.from({ length: rows }, (_, i) => inner(values, i * columns, sum, 0, columns));
}
