import { matrix, type Matrix } from "../../../linalg/matrix.ts";

/** `R~ = (1-g) R + g a I` as two numbers, whatever R is given as: a matrix, its eigenvalues, or its factors. */
export interface Shrinking {
  /** `1 - g`, what is kept of R. */
  readonly keep: number;
  /** `g a`, what is added to every variance. */
  readonly floor: number;
}

/**
 * Shrinkage towards the identity of equal trace: `R~ = (1-g) R + g a I`
 * (Ledoit & Wolf 2004 with a given intensity; Cohen 2022, eq. 20).
 * @param gamma g in [0, 1]
 * @param alpha a, the mean eigenvalue of R
 */
export function shrinking(gamma: number, alpha: number): Shrinking {
  return { keep: 1 - gamma, floor: gamma * alpha };
}

/** What an eigenvalue of R is in R~; so is a diagonal entry. */
export function shrunkVariance({ keep, floor }: Shrinking, variance: number): number {
  return keep * variance + floor;
}

/** R~ of a symmetric R [k, k], in new memory. */
export function shrunkCovariance(covariance: Matrix, by: Shrinking): Matrix {
  const k = covariance.rows;
  const shrunk = matrix(
    k,
    k,
    covariance.values.map((value) => by.keep * value),
  );
  for (let i = 0; i < k; i += 1) shrunk.values[i * k + i] += by.floor;
  return shrunk;
}

/** a: `trace(R) / k`. @param covariance R [k, k] */
export function meanEigenvalue({ rows: k, values }: Matrix): number {
  let trace = 0;
  for (let i = 0; i < k; i += 1) trace += values[i * k + i];
  return trace / k;
}
