import { matrix, type Matrix } from "../../linalg/matrix.ts";

/** A shrunk covariance and what it was shrunk towards. */
export interface Shrunk {
  /** `R~ = (1-g) R + g a I`, [k, k] */
  readonly covariance: Matrix;
  /** `a = trace(R) / k`, the mean eigenvalue of R. */
  readonly alpha: number;
}

/**
 * Shrinks a covariance towards the identity of equal trace: `R~ = (1-g) R + g a I`
 * (Ledoit & Wolf 2004 with a fixed intensity; Cohen 2022, eq. 20).
 * @param covariance R [k, k]
 * @param gamma g in [0, 1]
 */
export function shrink(covariance: Matrix, gamma: number): Shrunk {
  const k = covariance.rows;
  let trace = 0;
  for (let i = 0; i < k; i += 1) trace += covariance.values[i * k + i];
  const alpha = trace / k;
  const shrunk = matrix(
    k,
    k,
    covariance.values.map((value) => (1 - gamma) * value),
  );
  for (let i = 0; i < k; i += 1) shrunk.values[i * k + i] += gamma * alpha;
  return { covariance: shrunk, alpha };
}
