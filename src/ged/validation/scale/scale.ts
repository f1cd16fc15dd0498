import { normalDeviates } from "../../../statistics/normalDeviates.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import type { DirectionName } from "../../method/directions.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import { quantile } from "../../../statistics/quantile.ts";

/** How large the conditions are against each other, before any direction is chosen. */
export interface Scale {
  /** Trace of S over trace of R. */
  readonly traceRatio: number;
  /** Ratios of the variances of target and reference along random directions, ascending. */
  readonly randomRatios: Float64Array;
}

/** Random directions of which the spread is told. */
export const randomDraws = 200;

/**
 * The ratio of the traces and its spread along isotropic random directions: a Gaussian vector in the coordinates of
 * the rows' span is the projection of one in neuron space.
 * @param whole all training rows
 * @param labels [N]
 */
export function measureScale(whole: PreparedSplit, labels: Uint8Array, seed: number): Scale {
  const { train } = whole.reduced;
  const own = Uint8Array.from(whole.split.train, (row) => labels[row]);
  const traces = [0, 0];
  for (let j = 0; j < train.columns; j += 1) {
    const column = (i: number) => train.values[i * train.columns + j];
    for (const label of [0, 1]) traces[label] += variance(column, own, label);
  }
  const deviate = normalDeviates(new RandomStream(seed, purposes.design, 1));
  const ratios = Array.from({ length: randomDraws }, () => {
    const direction = Float64Array.from({ length: train.columns }, deviate);
    const scores = Float64Array.from({ length: train.rows }, (_, i) =>
      inner(train.values, i * train.columns, direction, 0, train.columns),
    );
    const score = (i: number) => scores[i];
    return variance(score, own, targetLabel) / variance(score, own, 1 - targetLabel);
  });
  return {
    traceRatio: traces[targetLabel] / traces[1 - targetLabel],
    randomRatios: Float64Array.from(ratios).sort(),
  };
}

/** Median and the middle 95 % of the ratios; of their inverses for the swapped direction. */
export function randomDirections(
  scale: Scale,
  direction: DirectionName,
): { median: number; low: number; high: number } {
  const at = (share: number) => quantile(scale.randomRatios, share);
  return direction === "forward"
    ? { median: at(0.5), low: at(0.025), high: at(0.975) }
    : { median: 1 / at(0.5), low: 1 / at(0.975), high: 1 / at(0.025) };
}

/** Of the rows with one label, ddof 1, about their own mean. */
function variance(value: (row: number) => number, labels: Uint8Array, label: number): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] !== label) continue;
    count += 1;
    const step = value(i) - mean;
    mean += step / count;
    squares += step * (value(i) - mean);
  }
  return squares / (count - 1);
}
