/** A spectrum with its zeros set apart: 22 values of 1e-14 are one fact, not 22 bars. */
export interface SplitSpectrum {
  /** The eigenvalues above zero, descending. */
  readonly positive: readonly number[];
  /** How many are zero up to rounding. */
  readonly zeros: number;
}

/**
 * Sets apart the eigenvalues that are zero by the rule of `numpy.linalg.matrix_rank`:
 * at most `largest * count * 2^-52`.
 * @param eigenvalues descending
 * @param dimension the size of the matrix they belong to, where it is more than their number
 */
export function splitSpectrum(
  eigenvalues: readonly number[],
  dimension = eigenvalues.length,
): SplitSpectrum {
  const largest = eigenvalues[0] ?? 0;
  const threshold = largest * Math.max(dimension, eigenvalues.length) * Number.EPSILON;
  const positive = eigenvalues.filter((value) => value > threshold);
  return { positive, zeros: eigenvalues.length - positive.length };
}

/**
 * Share of the total variance that the first 1, 2, ... eigenvalues hold together.
 * @returns as many values as `eigenvalues`, each in [0, 1]
 */
export function cumulativeShare(eigenvalues: readonly number[], total: number): number[] {
  let sum = 0;
  return eigenvalues.map((value) => {
    sum += value;
    return Math.min(1, sum / total);
  });
}
