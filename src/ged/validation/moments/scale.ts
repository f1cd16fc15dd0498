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

/** The variance of each neuron in both conditions, ddof = 1, [D]. */
export type BothVariances = Readonly<Record<ConditionName, Float64Array>>;

/** The ratio of the traces, and its spread along isotropic random directions of the space that the sums are in. */
export function scaleOf(
  sums: BothSums,
  neurons: BothVariances,
  seed: number,
  products: Products,
): Scale {
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
    traceRatio: sumOf(neurons.target) / sumOf(neurons.reference),
    randomRatios: variances(sums.target)
      .map((value, draw) => value / reference[draw])
      .sort(),
  };
}

/** The neuron with the largest share of the average variance. */
export function largestNeuronOf({ target, reference }: BothVariances): {
  neuron: number;
  share: number;
} {
  const variances = target.map((value, j) => value + reference[j]);
  let neuron = 0;
  variances.forEach((value, j) => {
    if (value > variances[neuron]) neuron = j;
  });
  return { neuron, share: variances[neuron] / (sumOf(target) + sumOf(reference)) };
}

/** Of the covariance, ddof = 1. */
export function traceOf(sums: Scatter): number {
  return sumOf(variancesOf(sums));
}

/** The diagonal of the covariance, ddof = 1. */
export function variancesOf({ rows, mean, scatter }: Scatter): Float64Array {
  return mean.map((_mean, j) => scatter.values[j * scatter.columns + j] / (rows - 1));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
