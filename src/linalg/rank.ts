/**
 * Rank of a symmetric matrix from its eigenvalues, by the rule of `numpy.linalg.matrix_rank`: how many
 * absolute eigenvalues are above `s_max * order * eps` (eps = 2^-52).
 * @param eigenvalues all or the leading ones, any order
 * @param order the larger side of the matrix whose rank is asked
 */
export function matrixRank(eigenvalues: ArrayLike<number>, order: number): number {
  let largest = 0;
  for (let i = 0; i < eigenvalues.length; i++) {
    largest = Math.max(largest, Math.abs(eigenvalues[i]));
  }
  const tolerance = largest * order * Number.EPSILON;
  let rank = 0;
  for (let i = 0; i < eigenvalues.length; i++) if (Math.abs(eigenvalues[i]) > tolerance) rank++;
  return rank;
}

/**
 * Largest over smallest absolute eigenvalue (the 2-norm condition number of a symmetric matrix);
 * `Infinity` where the rank by {@link matrixRank} is not full, because the quotient is then only rounding.
 * @param eigenvalues all n of them, any order
 */
export function conditionNumber(eigenvalues: ArrayLike<number>): number {
  const n = eigenvalues.length;
  if (n === 0) return NaN;
  if (matrixRank(eigenvalues, n) < n) return Infinity;
  let largest = 0;
  let smallest = Infinity;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(eigenvalues[i]);
    largest = Math.max(largest, size);
    smallest = Math.min(smallest, size);
  }
  return largest / smallest;
}
