import type { EigenDecomposition } from "./capabilities.ts";
import { cholesky } from "./cholesky.ts";
import { matrix, type Matrix } from "./matrix.ts";
import { symmetricEigen, type SymmetricEigenOptions } from "./symmetricEigen.ts";
import { solveLower, solveRowsLower, solveRowsLowerTransposed } from "./triangular.ts";

/**
 * The generalized symmetric-definite problem `S w = l R w` (LAPACK `dsygvd`, itype 1): Cholesky
 * `R = L L'`, the symmetric problem of `L^-1 S L^-T`, and `w = L^-T y`.
 * @param s `[n, n]` symmetric
 * @param r `[n, n]` symmetric positive definite
 * @returns values descending; vectors as rows, normalised to `w'Rw = 1`
 * @throws NotPositiveDefiniteError if R is not positive definite
 * @throws RangeError if the shapes differ
 */
export function symmetricDefiniteEigen(
  s: Matrix,
  r: Matrix,
  options: SymmetricEigenOptions = {},
): EigenDecomposition {
  if (s.rows !== r.rows || s.columns !== r.columns) {
    throw new RangeError(`S is ${s.rows} x ${s.columns} but R is ${r.rows} x ${r.columns}.`);
  }
  const { products, vectors: wanted, checkpoint } = options;
  const solver = products?.definiteEigen;
  if (solver !== undefined && s.rows >= solver.smallestOrder) {
    const count = typeof wanted === "function" ? wanted : Math.min(s.rows, wanted ?? s.rows);
    return solver.decompose(s, r, count, checkpoint);
  }
  const l = cholesky(r);
  const standard = solveLower(l, s);
  solveRowsLower(l, standard);
  const { values, vectors } = symmetricEigen(standard, options);
  const filters = matrix(vectors.rows, vectors.columns, vectors.values);
  solveRowsLowerTransposed(l, filters);
  return { values, vectors: filters };
}
