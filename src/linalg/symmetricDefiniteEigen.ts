import { blockedDefiniteEigen } from "./blockedEigen/blockedEigen.ts";
import { cholesky } from "./cholesky.ts";
import { matrix, type Matrix } from "./matrix.ts";
import {
  symmetricEigen,
  type EigenDecomposition,
  type SymmetricEigenOptions,
} from "./symmetricEigen.ts";
import { WasmProducts } from "./wasmProducts.ts";
import { solveLower, solveRowsLower, solveRowsLowerTransposed } from "./triangular.ts";

/** Smaller problems are done before the kernels' blocks pay. */
const smallestBlockedOrder = 48;

/**
 * The generalized symmetric-definite problem `S w = l R w` (LAPACK `dsygvd`, itype 1): Cholesky
 * `R = L L'`, the symmetric problem of `L^-1 S L^-T`, and `w = L^-T y`.
 * @param s `[n, n]` symmetric
 * @param r `[n, n]` symmetric positive definite
 * @returns values descending; vectors as rows, normalised to `w'Rw = 1`
 * @throws NotPositiveDefiniteError where R is not positive definite
 * @throws RangeError where the shapes differ
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
  if (products instanceof WasmProducts && s.rows >= smallestBlockedOrder) {
    const count = typeof wanted === "function" ? wanted : Math.min(s.rows, wanted ?? s.rows);
    return blockedDefiniteEigen(products.kernels, s, r, count, checkpoint);
  }
  const l = cholesky(r);
  const standard = solveLower(l, s);
  solveRowsLower(l, standard);
  const { values, vectors } = symmetricEigen(standard, options);
  const filters = matrix(vectors.rows, vectors.columns, vectors.values);
  solveRowsLowerTransposed(l, filters);
  return { values, vectors: filters };
}
