import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { FullCompression } from "./compression.ts";
import type { ConditionMoments, Moments } from "./moments/moments.ts";
import { ofDirections } from "../method/directions.ts";
import type { SolvedDirection, SolvedDirections } from "./solve.ts";

/**
 * What was computed of activations times a power of two, in their own units: exact, as long as no variance leaves
 * what a double holds.
 * @param factor what the activations were multiplied by
 */
export function unscaleResult<
  Result extends {
    readonly moments: Moments;
    readonly compression: FullCompression;
    readonly solved: SolvedDirections;
  },
>(result: Result, factor: number): Result {
  const { moments, compression, solved } = result;
  /** In two steps: the square of the factor may be beyond a double. */
  const variance = (value: number): number => value / factor / factor;
  const variances = (values: Float64Array): Float64Array => values.map(variance);
  const covariance = (a: Matrix): Matrix => matrix(a.rows, a.columns, variances(a.values));
  const amplitudes = (a: Matrix): Matrix =>
    matrix(
      a.rows,
      a.columns,
      a.values.map((value) => value / factor),
    );
  const condition = (own: ConditionMoments): ConditionMoments => ({
    ...own,
    mean: own.mean.map((value) => value / factor),
    variance: variances(own.variance),
  });
  // w'R~w = 1
  const separation = (own: SolvedDirection): SolvedDirection => ({
    gamma: own.gamma,
    alpha: variance(own.alpha),
    eigenvalues: own.eigenvalues,
    vectors: matrix(
      own.vectors.rows,
      own.vectors.columns,
      own.vectors.values.map((value) => value * factor),
    ),
    carriedVariance: variances(own.carriedVariance),
    silencedVariance: variances(own.silencedVariance),
  });
  return {
    ...result,
    moments: {
      ...moments,
      target: condition(moments.target),
      reference: condition(moments.reference),
    },
    compression: {
      ...compression,
      totalVariance: variance(compression.totalVariance),
      eigenvalues: variances(compression.eigenvalues),
      target: covariance(compression.target),
      reference: covariance(compression.reference),
      covarianceTimes: (which, coefficients) =>
        covariance(compression.covarianceTimes(which, coefficients)),
      covarianceOf: (which, vectors) => covariance(compression.covarianceOf(which, vectors)),
      squaredLengths: async () => {
        const found = await compression.squaredLengths();
        return found && { target: variances(found.target), reference: variances(found.reference) };
      },
      project: async (coefficients) => {
        const found = await compression.project(coefficients);
        return (
          found && { target: amplitudes(found.target), reference: amplitudes(found.reference) }
        );
      },
    },
    solved: {
      ...solved,
      target: covariance(solved.target),
      reference: covariance(solved.reference),
      ...ofDirections((direction) => separation(solved[direction])),
    },
  };
}
