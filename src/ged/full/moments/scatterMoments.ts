import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import type { ConditionMoments, CovarianceMoments } from "./moments.ts";

/** One condition's sums and what it is called. */
export interface NamedScatter {
  readonly name: string;
  readonly sums: Scatter;
}

/** Both covariances (ddof = 1) from sums of squares about the means. */
export function momentsFromScatters(
  target: NamedScatter,
  reference: NamedScatter,
): CovarianceMoments {
  const [a, b] = [covarianceOf(target), covarianceOf(reference)];
  return {
    route: "covariance",
    precision: "double",
    columns: target.sums.mean.length,
    target: a.moments,
    reference: b.moments,
    targetCovariance: a.covariance,
    referenceCovariance: b.covariance,
  };
}

/** What is known of each neuron beside sums in a basis. */
export interface NeuronSums {
  /** [D] */
  readonly mean: Float64Array;
  /** Of squares about the mean, [D] */
  readonly squares: Float64Array;
}

/**
 * Covariances of `V'x`, and means and variances of the neurons x themselves.
 * @param target sums of `V'x`, [k] and [k, k]
 * @param basis V', [k, D], orthonormal rows
 */
export function momentsInBasis(
  target: NamedScatter & { readonly neurons: NeuronSums },
  reference: NamedScatter & { readonly neurons: NeuronSums },
  basis: Matrix,
): CovarianceMoments {
  const ofNeurons = ({ name, sums, neurons }: typeof target): ConditionMoments => ({
    name,
    rows: sums.rows,
    mean: neurons.mean,
    variance: neurons.squares.map((value) => value / (sums.rows - 1)),
  });
  return {
    ...momentsFromScatters(target, reference),
    columns: basis.columns,
    target: ofNeurons(target),
    reference: ofNeurons(reference),
    basis,
  };
}

function covarianceOf({ name, sums }: NamedScatter): {
  moments: ConditionMoments;
  covariance: Matrix;
} {
  const { rows, mean, scatter } = sums;
  const columns = mean.length;
  const values = scatter.values.map((value) => value / (rows - 1));
  const variance = Float64Array.from({ length: columns }, (_, j) => values[j * columns + j]);
  return {
    moments: { name, rows, mean, variance },
    covariance: matrix(columns, columns, values),
  };
}
