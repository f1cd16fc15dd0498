import type { Matrix } from "../../../linalg/matrix.ts";
import { fitReduced, type FitOptions } from "../../reduced/fitReduced.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import { rowCoefficients } from "../../reduced/reduceRows.ts";
import { countRows, imageOf, reduceSource, type RowSource } from "../../reduced/rowSource.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { largestPrincipalAngle } from "./subspaceAngle.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import type { Units } from "../design/units.ts";

/** Directions as coefficients of rows: `direction = sum_i c_i x_i` in neuron space, [m, N]. */
export interface BootstrapProblem {
  /** The first components as fitted on all rows, unit length, [m, N]. */
  readonly observed: Matrix;
  /** Rows that may be drawn; all rows, or the training rows of a train/test split. */
  readonly rows: Int32Array;
}

/** Component 1 of one resample, sign-aligned with the observed one. */
export interface BootstrapFit {
  /** Degrees, 0 to 90. */
  readonly angle: number;
  /** Degrees, the largest principal angle between the spans of the m components. */
  readonly subspaceAngle: number;
  /** [N] coefficients of the unit direction, and of its pattern (target covariance times direction). */
  readonly loading: Float64Array;
  readonly pattern: Float64Array;
}

/** The rows of the problem that the resamples need. */
export interface ResampledData {
  readonly source: RowSource;
  readonly labels: Uint8Array;
  readonly units: Units;
  readonly options: FitOptions;
  readonly seed: number;
}

/**
 * Draws units with replacement (pairs or groups as wholes; else clusters within each condition), fits again,
 * and compares with the direction found on all rows; all in the Gram matrix.
 * @throws EigenlensError "numerics" where the drawn rows cannot be fitted
 */
export function bootstrapFit(
  data: ResampledData,
  problem: BootstrapProblem,
  index: number,
  workspace: Workspace,
): BootstrapFit {
  const { source, labels } = data;
  const count = countRows(source);
  const { rows, weights } = drawRows(data, problem.rows, index);
  const reduced = reduceSource(
    source,
    { train: rows, test: new Int32Array(0) },
    { weights },
    workspace,
  );
  const own = Uint8Array.from(rows, (row) => labels[row]);
  const m = problem.observed.rows;
  const fit = fitReduced(reduced, own, data.options, m, workspace);
  const r = reduced.train.columns;
  const found = fit.forward.eigenvalues.length;
  const spread = (coefficients: Float64Array): Float64Array => {
    const all = new Float64Array(count);
    rows.forEach((row, i) => {
      all[row] = coefficients[i];
    });
    return all;
  };
  const directions = Array.from({ length: found }, (_, c) =>
    spread(rowCoefficients(reduced, fit.forward.directions.subarray(c * r, (c + 1) * r))),
  );
  const observed = Array.from({ length: m }, (_, c) =>
    problem.observed.values.subarray(c * count, (c + 1) * count),
  );
  const cosine = innerInNeurons(source, observed[0], directions[0]);
  const sign = cosine < 0 ? -1 : 1;
  const pattern = patternCoefficients(reduced.train, own, weights, fit.forward.directions);
  return {
    angle: degrees(Math.abs(cosine)),
    subspaceAngle: found < m ? 90 : largestPrincipalAngle(source, observed, directions),
    loading: directions[0].map((value) => sign * value),
    pattern: spread(pattern).map((value) => sign * value),
  };
}

/**
 * `S v = sum_A w_i (p_i - mean) / (nA - 1) x_i` for the first direction: the coefficients of the target rows.
 * @param train [n, r]
 * @param weights [n], or undefined where each row counts once
 */
export function patternCoefficients(
  train: Matrix,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  direction: Float64Array,
): Float64Array {
  const r = train.columns;
  const coefficients = new Float64Array(train.rows);
  let mean = 0;
  let count = 0;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== targetLabel) continue;
    const weight = weights?.[i] ?? 1;
    coefficients[i] = inner(train.values, i * r, direction, 0, r);
    mean += weight * coefficients[i];
    count += weight;
  }
  mean /= count;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== targetLabel) continue;
    coefficients[i] = ((weights?.[i] ?? 1) * (coefficients[i] - mean)) / (count - 1);
  }
  return coefficients;
}

/** `c'X X'd`: the inner product in neuron space of two sums of rows. */
function innerInNeurons(source: RowSource, c: Float64Array, d: Float64Array): number {
  return inner(c, 0, imageOf(source, d), 0, c.length);
}

function degrees(cosine: number): number {
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
}

/** Which rows were drawn, ascending, and how often. */
function drawRows(
  data: ResampledData,
  allowed: Int32Array,
  index: number,
): { rows: Int32Array; weights: Float64Array } {
  const { labels, units, seed } = data;
  const random = new RandomStream(seed, purposes.bootstrap, index);
  const may = new Set(allowed);
  const pools: (readonly number[])[][] = [];
  const sets = units.kind === "none" ? units.clusters : units.members;
  const drawable = sets
    .map((rows) => rows.filter((row) => may.has(row)))
    .filter((rows) => rows.length > 0);
  if (units.kind === "none") {
    const isMixed = (rows: readonly number[]) =>
      rows.some((row) => labels[row] !== labels[rows[0]]);
    for (const label of new Set(labels)) {
      pools.push(drawable.filter((rows) => !isMixed(rows) && labels[rows[0]] === label));
    }
    pools.push(drawable.filter(isMixed));
  } else pools.push(drawable);
  const counts = new Float64Array(labels.length);
  for (const pool of pools) {
    for (let draw = 0; draw < pool.length; draw += 1) {
      for (const row of pool[random.below(pool.length)]) counts[row] += 1;
    }
  }
  const rows = allowed.filter((row) => counts[row] > 0);
  return { rows, weights: Float64Array.from(rows, (row) => counts[row]) };
}
