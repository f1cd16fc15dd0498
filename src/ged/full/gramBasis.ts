import { leadingRows, matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";

/** The leading components of `C = Z'Z` as combinations of the rows Z: `V' = X Z`. */
export interface GramBasis {
  /** [K] descending */
  readonly eigenvalues: Float64Array;
  /** X, [K, N] */
  readonly weights: Matrix;
}

/** A Gram matrix knows eigenvalues to `eps l_1`: so much smaller than the first they have lost digits that count. */
const refinedBelow = 1e-6;
/** What one decomposition spans with little loss. */
const levelSpan = 1e-5;

/** `X = L^-1/2 U'` */
export function gramBasis(eigenvalues: Float64Array, vectors: Matrix): GramBasis {
  const weights = matrix(eigenvalues.length, vectors.columns);
  for (let c = 0; c < eigenvalues.length; c += 1) {
    const scale = 1 / Math.sqrt(eigenvalues[c]);
    for (let at = c * weights.columns; at < (c + 1) * weights.columns; at += 1) {
      weights.values[at] = scale * vectors.values[at];
    }
  }
  return { eigenvalues, weights };
}

export function needsRefinement(eigenvalues: Float64Array): boolean {
  return eigenvalues[eigenvalues.length - 1] < refinedBelow * eigenvalues[0];
}

/**
 * Eigenvalues and vectors as the singular values of Z itself give them, `l = s^2`: to `eps s_1` of s instead of
 * `eps l_1` of l.
 *
 * The small ones are found again level by level, from the Gram matrix of `W = U'Z` without the rows that are
 * large: it is computed to rounding of its own size. What the levels then still share is of first order in the vectors
 * only, and is taken off by one orthogonalisation.
 * @param scaledRows Z [N, D]
 * @param eigenvalues [K] of ZZ', descending, above its rounding
 * @param vectors U', [at least K, N]
 */
export function refinedBasis(
  scaledRows: Matrix,
  eigenvalues: Float64Array,
  vectors: Matrix,
  { products, checkpoint }: { readonly products: Products; readonly checkpoint: () => void },
): GramBasis {
  const rank = eigenvalues.length;
  const n = vectors.columns;
  const values = eigenvalues.slice();
  const left = matrix(rank, n, vectors.values.slice(0, rank * n));
  const levels = [0];
  for (let start = levelEnd(values, 0); start < rank; start = levelEnd(values, start)) {
    levels.push(start);
    const own = matrix(rank - start, n, left.values.subarray(start * n));
    const gram = products.gram(products.multiply(own, scaledRows));
    const found = symmetricEigen(gram, { products, checkpoint });
    own.values.set(products.multiply(found.vectors, own).values);
    // Whatever rounding leaves of a row, a square root is taken of it.
    found.values.forEach((value, i) => (values[start + i] = Math.max(value, Number.MIN_VALUE)));
  }
  const basis = gramBasis(values, left);
  orthogonaliseLevels(basis.weights, scaledRows, levels, products);
  return basis;
}

/** The end of the level that begins at `start`. */
function levelEnd(values: Float64Array, start: number): number {
  let end = start + 1;
  while (end < values.length && values[end] >= levelSpan * values[start]) end += 1;
  return end;
}

/** Takes off each level of V' = X Z what it shares with those before it, in X. */
function orthogonaliseLevels(
  weights: Matrix,
  scaledRows: Matrix,
  levels: readonly number[],
  products: Products,
): void {
  const n = weights.columns;
  levels.forEach((start, level) => {
    if (level === 0) return;
    const stop = levels[level + 1] ?? weights.rows;
    const own = matrix(stop - start, n, weights.values.subarray(start * n, stop * n));
    const before = leadingRows(weights, start);
    const overlap = products.multiply(
      products.multiply(own, scaledRows),
      products.multiply(before, scaledRows),
      { transposeB: true },
    );
    const shared = products.multiply(overlap, before);
    for (let i = 0; i < shared.values.length; i += 1) own.values[i] -= shared.values[i];
  });
}
