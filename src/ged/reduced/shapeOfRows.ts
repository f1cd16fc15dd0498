import { inner } from "../../linalg/small/tiles.ts";
import type { ConditionName } from "../method/directions.ts";
import { meanFourthPower, type CovarianceShape } from "../method/shrinkage/covarianceShape.ts";
import type { CompressedRows } from "./compressedRows.ts";

/** What an estimator of the shrinkage asks of one condition's training rows, along the first k components. */
export function shapeOfRows(
  rows: CompressedRows,
  condition: ConditionName,
  k: number,
): CovarianceShape {
  const { rows: n, count, weights } = rows[condition];
  const stride = rows.compression.components;
  const scores = rows.scores(condition);
  const squaredLengths = Float64Array.from({ length: n }, (_, i) =>
    inner(scores, i * stride, scores, i * stride, k),
  );
  const alpha = squaredLengths.reduce((sum, value) => sum + value, 0) / (count - 1) / k;
  return {
    rows: count,
    components: k,
    squaredNorm: alpha > 0 ? squaredNorm(rows.covariance(condition), k, stride, alpha) : k,
    fourthMoment: () => meanFourthPower(squaredLengths, weights, count, alpha),
  };
}

/** @param covariance at least its lower triangle */
function squaredNorm(covariance: Float64Array, k: number, stride: number, alpha: number): number {
  let sum = 0;
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j < i; j += 1) sum += 2 * (covariance[i * stride + j] / alpha) ** 2;
    sum += (covariance[i * stride + i] / alpha) ** 2;
  }
  return sum;
}
