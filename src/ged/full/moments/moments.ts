import type { HeldRows } from "../../../linalg/capabilities.ts";
import type { Matrix } from "../../../linalg/matrix.ts";

/** First and second moments of one condition, per neuron. */
export interface ConditionMoments {
  readonly name: string;
  /** n, the number of rows. */
  readonly rows: number;
  /** [D] */
  readonly mean: Float64Array;
  /** [D], ddof = 1: the diagonal of the condition's covariance. */
  readonly variance: Float64Array;
}

/**
 * The moments of both conditions where N = nA + nB < D: the centred and scaled rows themselves,
 * `Z = [ (A - mean_A) / sqrt(2 (nA - 1)) ; (B - mean_B) / sqrt(2 (nB - 1)) ]`, [N, D], so that
 * `C = (S + R) / 2 = Z'Z`.
 */
export interface RowMoments {
  readonly route: "gram";
  readonly target: ConditionMoments;
  readonly reference: ConditionMoments;
  readonly columns: number;
  readonly scaledRows: Matrix;
}

/**
 * The moments where N >= D: the covariances themselves, [D, D], both triangles filled, ddof = 1; with a basis those of
 * `V'x`, [k, k], while means and variances are those of the neurons.
 */
export interface CovarianceMoments {
  readonly route: "covariance";
  /** What the products were computed in: single precision hides a rank that falls short. */
  readonly precision: "double" | "single";
  readonly target: ConditionMoments;
  readonly reference: ConditionMoments;
  readonly columns: number;
  /** S */
  readonly targetCovariance: Matrix;
  /** R */
  readonly referenceCovariance: Matrix;
  /** V', [k, D], orthonormal rows, if there are covariances in these directions only. */
  readonly basis?: Matrix;
}

/** The scaled rows Z in the engine's memory, [N, D], where `C = Z'Z` is used without being formed. */
export interface HeldRowMoments {
  readonly route: "krylov";
  readonly target: ConditionMoments;
  readonly reference: ConditionMoments;
  readonly columns: number;
  readonly held: HeldRows;
}

export type Moments = RowMoments | CovarianceMoments | HeldRowMoments;

/** `total_j v_j`: the trace of the condition's covariance. */
export function totalVariance(moments: ConditionMoments): number {
  let total = 0;
  for (const value of moments.variance) total += value;
  return total;
}

/** trace(C), exact. */
export function averageVariance({ target, reference }: Moments): number {
  return (totalVariance(target) + totalVariance(reference)) / 2;
}

/** A spread of so many units in the last place of the mean is what computing a constant leaves. */
const roundedPlaces = 4;

/** Whether neuron j has the same value in all rows, up to rounding. */
export function isConstant({ mean, variance }: ConditionMoments, j: number): boolean {
  return Math.sqrt(variance[j]) <= roundedPlaces * Number.EPSILON * Math.abs(mean[j]);
}

/** Neurons of one condition that do not vary, up to rounding. */
export function constantNeurons(moments: ConditionMoments): number {
  let constant = 0;
  for (let j = 0; j < moments.variance.length; j += 1) if (isConstant(moments, j)) constant += 1;
  return constant;
}

/** Neurons that vary in neither condition, up to rounding. */
export function countConstantNeurons({ target, reference, columns }: Moments): number {
  let constant = 0;
  for (let j = 0; j < columns; j += 1) {
    if (isConstant(target, j) && isConstant(reference, j)) constant += 1;
  }
  return constant;
}
