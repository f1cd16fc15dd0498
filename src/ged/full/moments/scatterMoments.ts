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
