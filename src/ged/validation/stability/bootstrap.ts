import type { Matrix } from "../../../linalg/matrix.ts";
import { directionNames, ofDirections, type Directions } from "../../method/directions.ts";
import { referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";
import { fitReduced, type FitOptions } from "../../reduced/fitReduced.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import { rowCoefficients } from "../../reduced/reduceRows.ts";
import { countRows, imageOf, reduceSource, type RowSource } from "../../reduced/rowSource.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { largestPrincipalAngle } from "./subspaceAngle.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import type { Units } from "../design/units.ts";
import {
  aboutParts,
  carriedLabel,
  directionOf,
  patternCoefficients,
  spreadOut,
  type RowSums,
} from "./rowSums.ts";

/** Directions as coefficients of rows: `direction = sum_i c_i x_i` in neuron space, [m, N]. */
export interface BootstrapProblem {
  /** The first components of each direction as fitted on all rows, unit length, [m, N]. */
  readonly observed: Directions<Matrix>;
  /** Rows that may be drawn; all rows, or the training rows of a train/test split. */
  readonly rows: Int32Array;
}

/** Component 1 of one direction of one resample, sign-aligned with the observed one. */
export interface BootstrapFit extends RowSums {
  /** Degrees, 0 to 90. */
  readonly angle: number;
  /** Degrees, the largest principal angle between the spans of the m components. */
  readonly subspaceAngle: number;
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
 * and compares with the directions found on all rows; all in the Gram matrix.
 * @param permuted [N], labels to fit with instead of the rows' own: then each row is taken about the mean of its own
 *   condition in the resample, as in {@link permutationStatistics}
 * @throws EigenlensError "numerics" if the drawn rows cannot be fitted
 */
export function bootstrapFit(
  data: ResampledData,
  problem: BootstrapProblem,
  index: number,
  workspace: Workspace,
  permuted?: Uint8Array,
): Directions<BootstrapFit> {
  const { source } = data;
  const labels = permuted ?? data.labels;
  const { rows, weights } = drawRows({ ...data, labels }, problem.rows, index);
  const partOf = permuted === undefined ? undefined : data.labels;
  const reduced = reduceSource(
    source,
    { train: rows, test: new Int32Array(0) },
    { weights, ...(partOf === undefined ? {} : { partOf }) },
    workspace,
  );
  const own = Uint8Array.from(rows, (row) => labels[row]);
  const m = Math.max(...directionNames.map((direction) => problem.observed[direction].rows));
  const fit = fitReduced(reduced, own, data.options, m, workspace);
  const count = countRows(source);
  return ofDirections((direction) => {
    const { directions, eigenvalues } = fit[direction];
    const pattern = patternCoefficients(reduced, own, directions, carriedLabel(direction));
    if (partOf !== undefined) aboutParts(pattern, rows, weights, partOf);
    const found = Array.from({ length: eigenvalues.length }, (_, c) =>
      spreadOut(rowCoefficients(reduced, directionOf(reduced, directions, c)), rows, count),
    );
    return compared(source, problem.observed[direction], found, spreadOut(pattern, rows, count));
  });
}

function compared(
  source: RowSource,
  observed: Matrix,
  found: readonly Float64Array[],
  pattern: Float64Array,
): BootstrapFit {
  const { rows: m, columns } = observed;
  const whole = Array.from({ length: m }, (_, c) =>
    observed.values.subarray(c * columns, (c + 1) * columns),
  );
  const directions = found.slice(0, m);
  const cosine = innerInNeurons(source, whole[0], directions[0]);
  const sign = cosine < 0 ? -1 : 1;
  return {
    angle: degrees(Math.abs(cosine)),
    subspaceAngle: directions.length < m ? 90 : largestPrincipalAngle(source, whole, directions),
    loading: directions[0].map((value) => sign * value),
    pattern: pattern.map((value) => sign * value),
  };
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
    for (const label of [targetLabel, referenceLabel]) {
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
