import { quantile } from "../../../statistics/quantile.ts";
import { RandomStream, purposes } from "../../../statistics/random.ts";
import { centredByPart, mostComparedRows, RowDistances } from "./distances.ts";
import { Partition } from "./partition.ts";
import type { RowSource } from "../../reduced/rowSource.ts";

/** Rows nearer to each other than this share of the usual squared distance are one observation, written twice. */
const nearestShare = 0.01;
/** With what probability chance alone may make any pair of independent rows as near. */
const acceptedChance = 0.01;
/** Pairs of rows from which the usual distance is taken. */
const sampledPairs = 4000;

/**
 * Joins rows that repeat each other: identical ones, and nearly identical ones, whose squared distance is below
 * a hundredth of the median between rows of a condition (a sentence met twice, in another batch or another
 * precision). Where rows have few dimensions, chance alone brings independent rows near; the bound is then lower:
 * `P(chi2_d / d < t) <= (t e^(1-t))^(d/2)` (Chernoff), so that with `t e = (2 q / N^2)^(2/d)` no pair of
 * independent rows is joined but with probability q = 0.01; d is the covariance's participation ratio
 * `tr(C)^2 / tr(C^2)`. Of more than {@link mostComparedRows} rows only those next to each other along chance directions
 * are compared.
 * @param conditionOf [N], 0 or 1
 * @param checkpoint is called once per row; throws to stop
 */
export function joinRepeats(
  source: RowSource,
  conditionOf: Uint8Array,
  checkpoint?: () => void,
): Partition {
  const distances = new RowDistances(source);
  const n = distances.rows;
  const partition = new Partition(n);
  const limit = nearnessLimit(source, conditionOf, distances);
  const compare = (i: number, j: number): void => {
    const distance = distances.between(i, j);
    if (distance <= Math.max(limit, distances.rounding(i, j))) partition.join(i, j);
  };
  if (n <= mostComparedRows) {
    for (let i = 0; i < n; i += 1) {
      checkpoint?.();
      for (let j = 0; j < i; j += 1) compare(i, j);
    }
  } else if (source.kind === "coordinates") {
    compareNeighbours(source.rows, Math.sqrt(limit), compare);
  }
  return partition;
}

/** The squared distance below which two rows are one. */
function nearnessLimit(
  source: RowSource,
  conditionOf: Uint8Array,
  distances: RowDistances,
): number {
  const n = distances.rows;
  const random = new RandomStream(0, purposes.design, n);
  const sampled: number[] = [];
  for (let draw = 0; draw < 4 * sampledPairs && sampled.length < sampledPairs; draw += 1) {
    const i = random.below(n);
    const j = random.below(n);
    if (i === j || conditionOf[i] !== conditionOf[j]) continue;
    const distance = distances.between(i, j);
    if (distance > distances.rounding(i, j)) sampled.push(distance);
  }
  const usual = quantile(Float64Array.from(sampled).sort(), 0.5);
  if (!(usual > 0)) return 0;
  const dimensions = participationRatio(centredByPart(source, conditionOf, 2));
  const chance = Math.exp(-1 + (2 / dimensions) * Math.log((2 * acceptedChance) / n ** 2));
  return usual * Math.min(nearestShare, chance);
}

/** `tr(C)^2 / tr(C^2)`: in how many dimensions rows vary, as if equally in each. At least 1. */
export function participationRatio(source: RowSource): number {
  const values = source.kind === "gram" ? source.gram.values : scatter(source.rows);
  const order = Math.round(Math.sqrt(values.length));
  let trace = 0;
  let square = 0;
  for (let i = 0; i < order; i += 1) trace += values[i * order + i];
  // Relative to the trace, so that no square leaves the range of numbers.
  for (const value of values) square += (value / trace) ** 2;
  return square > 0 ? Math.max(1, 1 / square) : 1;
}

function scatter(rows: { rows: number; columns: number; values: Float64Array }): Float64Array {
  const { rows: n, columns: p, values } = rows;
  const product = new Float64Array(p * p);
  // A sample of the rows is enough for a number that only sets a bound.
  const step = Math.max(1, Math.floor(n / 2000));
  for (let row = 0; row < n; row += step) {
    for (let i = 0; i < p; i += 1) {
      const value = values[row * p + i];
      for (let j = 0; j < p; j += 1) product[i * p + j] += value * values[row * p + j];
    }
  }
  return product;
}

/**
 * Many rows: rows that are near in every direction are near in one, so that only those within `radius` along a
 * chance direction need be compared. A few directions, each with a bounded number of neighbours.
 */
function compareNeighbours(
  rows: { rows: number; columns: number; values: Float64Array },
  radius: number,
  compare: (i: number, j: number) => void,
): void {
  const { rows: n, columns: p, values } = rows;
  const mostNeighbours = 32;
  for (let round = 0; round < 3; round += 1) {
    const random = new RandomStream(round + 1, purposes.design, n);
    const direction = Float64Array.from({ length: p }, () => random.next() / 2 ** 31 - 1);
    const length = Math.hypot(...direction);
    const scores = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < p; j += 1) scores[i] += (values[i * p + j] * direction[j]) / length;
    }
    const order = Int32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
    for (let at = 0; at < n; at += 1) {
      for (let next = at + 1; next < Math.min(n, at + mostNeighbours); next += 1) {
        if (scores[order[next]] - scores[order[at]] > radius) break;
        compare(order[at], order[next]);
      }
    }
  }
}
