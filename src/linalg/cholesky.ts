import { EigenlensError } from "../errors.ts";
import { matrix, type Matrix } from "./matrix.ts";

/** Thrown where a matrix is not positive definite; `pivot` is the first row (from 0) that shows it. */
export class NotPositiveDefiniteError extends EigenlensError {
  readonly pivot: number;
  readonly value: number;

  constructor(order: number, pivot: number, value: number) {
    super(
      "numerics",
      `The ${order} x ${order} matrix is not positive definite: pivot ${pivot + 1} is ${value}, not above 0; add shrinkage or keep fewer components.`,
    );
    this.name = "NotPositiveDefiniteError";
    this.pivot = pivot;
    this.value = value;
  }
}

/**
 * The lower Cholesky factor L of `A = L L'` (row-oriented, as LAPACK `dpotrf` with `uplo = "L"`).
 * @param a `[n, n]`, lower triangle read; not changed
 * @returns `[n, n]`, zeros above the diagonal
 * @throws NotPositiveDefiniteError naming the pivot
 * @throws RangeError if `a` is not square
 */
export function cholesky(a: Matrix): Matrix {
  const n = a.rows;
  if (a.columns !== n)
    throw new RangeError(`A Cholesky factor needs a square matrix, not ${n} x ${a.columns}.`);
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = a.values[row + j];
      for (let p = 0; p < j; p++) sum -= l[row + p] * l[other + p];
      l[row + j] = sum / l[other + j];
    }
    let pivot = a.values[row + i];
    for (let p = 0; p < i; p++) pivot -= l[row + p] * l[row + p];
    if (!(pivot > 0 && pivot < Infinity)) throw new NotPositiveDefiniteError(n, i, pivot);
    l[row + i] = Math.sqrt(pivot);
  }
  return matrix(n, n, l);
}
