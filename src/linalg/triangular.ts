import { matrix, type Matrix } from "./matrix.ts";

/**
 * Solves `L X = B` (BLAS `dtrsm`, left, lower, not transposed).
 * @param l `[n, n]` lower triangular with a diagonal free of zeros
 * @param b `[n, m]`; not changed
 * @returns X `[n, m]`
 */
export function solveLower(l: Matrix, b: Matrix): Matrix {
  checkShapes(l, b.rows);
  const x = matrix(b.rows, b.columns, b.values.slice());
  const m = x.columns;
  for (let i = 0; i < l.rows; i++) {
    for (let p = 0; p < i; p++) subtractRow(x.values, i * m, p * m, m, l.values[i * l.rows + p]);
    scaleRow(x.values, i * m, m, 1 / l.values[i * l.rows + i]);
  }
  return x;
}

/**
 * Solves `L' X = B` (BLAS `dtrsm`, left, lower, transposed).
 * @param l `[n, n]` lower triangular with a diagonal free of zeros
 * @param b `[n, m]`; not changed
 * @returns X `[n, m]`
 */
export function solveLowerTransposed(l: Matrix, b: Matrix): Matrix {
  checkShapes(l, b.rows);
  const x = matrix(b.rows, b.columns, b.values.slice());
  const m = x.columns;
  for (let i = l.rows - 1; i >= 0; i--) {
    scaleRow(x.values, i * m, m, 1 / l.values[i * l.rows + i]);
    for (let p = 0; p < i; p++) subtractRow(x.values, p * m, i * m, m, l.values[i * l.rows + p]);
  }
  return x;
}

/**
 * Replaces each row b of `rows` by the solution x of `L x = b`.
 * @param l `[n, n]` lower triangular with a diagonal free of zeros
 * @param rows `[count, n]`, overwritten
 */
export function solveRowsLower(l: Matrix, rows: Matrix): void {
  checkShapes(l, rows.columns);
  const n = l.rows;
  const x = rows.values;
  for (let start = 0; start < rows.rows * n; start += n) {
    for (let j = 0; j < n; j++) {
      let sum = x[start + j];
      for (let p = 0; p < j; p++) sum -= l.values[j * n + p] * x[start + p];
      x[start + j] = sum / l.values[j * n + j];
    }
  }
}

/**
 * Replaces each row b of `rows` by the solution x of `L' x = b`.
 * @param l `[n, n]` lower triangular with a diagonal free of zeros
 * @param rows `[count, n]`, overwritten
 */
export function solveRowsLowerTransposed(l: Matrix, rows: Matrix): void {
  checkShapes(l, rows.columns);
  const n = l.rows;
  const x = rows.values;
  for (let start = 0; start < rows.rows * n; start += n) {
    for (let j = n - 1; j >= 0; j--) {
      const solved = x[start + j] / l.values[j * n + j];
      x[start + j] = solved;
      for (let p = 0; p < j; p++) x[start + p] -= solved * l.values[j * n + p];
    }
  }
}

function checkShapes(l: Matrix, order: number): void {
  if (l.rows !== l.columns || l.rows !== order) {
    throw new RangeError(
      `A triangular ${l.rows} x ${l.columns} matrix does not fit a right-hand side of order ${order}.`,
    );
  }
}

function subtractRow(
  x: Float64Array,
  target: number,
  source: number,
  width: number,
  factor: number,
): void {
  for (let j = 0; j < width; j++) x[target + j] -= factor * x[source + j];
}

function scaleRow(x: Float64Array, start: number, width: number, factor: number): void {
  for (let j = start; j < start + width; j++) x[j] *= factor;
}
