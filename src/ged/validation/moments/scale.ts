import type { Scatter } from "../../../linalg/crossProductAccumulator.ts";
import { matrix } from "../../../linalg/matrix.ts";
import type { Products } from "../../../linalg/products.ts";
import { normalDeviates } from "../../../statistics/normalDeviates.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import { unitQuadraticForms } from "../../full/separate.ts";
import type { ConditionName } from "../../method/directions.ts";
import { randomDraws, type Scale } from "../scale/scale.ts";

/** Moments of both conditions. */
export type BothSums = Readonly<Record<ConditionName, Scatter>>;

/** The ratio of the traces, and its spread along isotropic random directions of neuron space. */
export function scaleOf(sums: BothSums, seed: number, products: Products): Scale {
  const columns = sums.target.mean.length;
  const deviate = normalDeviates(new RandomStream(seed, purposes.design, 1));
  const directions = matrix(
    randomDraws,
    columns,
    Float64Array.from({ length: randomDraws * columns }, deviate),
  );
  const variances = ({ rows, scatter }: Scatter) =>
    unitQuadraticForms(scatter, directions, products).map((value) => value / (rows - 1));
  const reference = variances(sums.reference);
  return {
    traceRatio: traceOf(sums.target) / traceOf(sums.reference),
    randomRatios: variances(sums.target)
      .map((value, draw) => value / reference[draw])
      .sort(),
  };
}

/** The neuron with the largest share of the average variance. */
export function largestNeuronOf({ target, reference }: BothSums): {
  neuron: number;
  share: number;
} {
  const variances = target.mean.map((_mean, j) => varianceOf(target, j) + varianceOf(reference, j));
  let neuron = 0;
  variances.forEach((value, j) => {
    if (value > variances[neuron]) neuron = j;
  });
  return { neuron, share: variances[neuron] / (traceOf(target) + traceOf(reference)) };
}

/** Of the covariance, ddof = 1. */
export function traceOf(sums: Scatter): number {
  let trace = 0;
  for (let j = 0; j < sums.mean.length; j += 1) trace += varianceOf(sums, j);
  return trace;
}

/** ddof = 1 */
function varianceOf({ rows, scatter }: Scatter, neuron: number): number {
  return scatter.values[neuron * scatter.columns + neuron] / (rows - 1);
}
