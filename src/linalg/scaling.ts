import { EigenlensError } from "../errors.ts";
import type { Matrix } from "./matrix.ts";

/**
 * A power of two that brings the largest entry of a symmetric matrix near 1 where squares could overflow
 * or vanish (as LAPACK `dsyev` does with `dlascl`); 1 for ordinary matrices.
 * @param a `[n, n]`; its lower triangle is looked at
 * @throws EigenlensError "numerics" if an entry is not finite, naming it
 */
export function suitableScale(a: Matrix): number {
  const n = a.rows;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let at = i * n; at <= i * n + i; at++) {
      const size = Math.abs(a.values[at]);
      if (!(size <= Number.MAX_VALUE)) throw notFinite(i, at - i * n, a.values[at]);
      if (size > largest) largest = size;
    }
  }
  if (largest === 0 || (largest > 1e-60 && largest < 1e60)) return 1;
  return 2 ** Math.max(-1020, Math.min(1020, -Math.round(Math.log2(largest))));
}

function notFinite(row: number, column: number, value: number): EigenlensError {
  return new EigenlensError(
    "numerics",
    `A symmetric matrix holds ${value} at row ${row + 1}, column ${column + 1}: an eigendecomposition needs finite values.`,
  );
}
