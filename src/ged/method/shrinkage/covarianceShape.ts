import { EigenlensError } from "../../../errors.ts";
import type { Matrix } from "../../../linalg/matrix.ts";
import { meanEigenvalue } from "./shrink.ts";

/** What estimators of the shrinkage ask of one condition along the kept components, whatever its units. */
export interface CovarianceShape {
  /** n, how many rows it counts. */
  readonly rows: number;
  /** k */
  readonly components: number;
  /** `sum_ij (R_ij / a)^2`, a = trace(R)/k: k if R is a multiple of the identity. */
  readonly squaredNorm: number;
  /**
   * Mean of `(|x|^2 / a)^2` over the centred rows x, a being that of `X'X / n`.
   * @throws EigenlensError "usage" if there are no rows
   */
  fourthMoment(): number;
}

/**
 * The shape of a covariance that is at hand as a matrix.
 * @param covariance R [k, k], ddof 1
 * @param rows n
 * @param squaredLengths [n], `|x|^2` of each centred row along the kept components; undefined if there are no rows
 */
export function covarianceShape(
  covariance: Matrix,
  rows: number,
  squaredLengths: Float64Array | undefined,
): CovarianceShape {
  const alpha = meanEigenvalue(covariance);
  let squaredNorm = 0;
  for (const value of covariance.values) squaredNorm += (value / alpha) ** 2;
  const k = covariance.rows;
  return {
    rows,
    components: k,
    // What does not vary has no shape, and nothing to be kept of it.
    squaredNorm: alpha > 0 ? squaredNorm : k,
    fourthMoment: () => {
      if (squaredLengths === undefined) throw rowsNeeded();
      return meanFourthPower(squaredLengths, undefined, rows, alpha);
    },
  };
}

/**
 * Mean of `(|x|^2 / a)^2` over rows that count once each, or as often as their weights say.
 * @param squaredLengths [r], `w |x|^2`
 * @param weights [r], w; undefined if all are 1
 * @param rows n, their sum
 * @param alpha mean eigenvalue of the covariance with ddof 1
 */
export function meanFourthPower(
  squaredLengths: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  rows: number,
  alpha: number,
): number {
  const mean = (alpha * (rows - 1)) / rows;
  let sum = 0;
  for (let i = 0; i < squaredLengths.length; i += 1) {
    sum += (squaredLengths[i] / mean) ** 2 / (weights?.[i] ?? 1);
  }
  return sum / rows;
}

/** What an estimator that needs rows says if there are only moments. */
export function rowsNeeded(): EigenlensError {
  return new EigenlensError(
    "usage",
    "Ledoit-Wolf shrinkage is estimated from rows, and moments have none: choose oas or a number from 0 to 1.",
  );
}
