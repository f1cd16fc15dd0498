import { ofDirections, type DirectionName, type Directions } from "../../method/directions.ts";
import { fitReduced, type FitOptions } from "../../reduced/fitReduced.ts";
import { referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";
import { rowCoefficients, type ReducedRows, type PreparedSplit } from "../../reduced/reduceRows.ts";
import { countRows, type RowSource } from "../../reduced/rowSource.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";

/** A component as sums of rows, [N] coefficients each. */
export interface RowSums {
  /** Of the unit direction. */
  readonly loading: Float64Array;
  /** Of its pattern: the carried condition's covariance times the direction. */
  readonly pattern: Float64Array;
}

/**
 * Component 1 of both directions, fitted on the rows of one split with other labels than their own.
 * @param prepared rows about the mean of their own condition
 * @param permuted [N]
 * @throws EigenlensError "numerics" if the rows cannot be fitted with these labels
 */
export function relabelledFit(
  data: {
    readonly source: RowSource;
    readonly labels: Uint8Array;
    readonly options: FitOptions;
  },
  { split, reduced }: PreparedSplit,
  permuted: Uint8Array,
  workspace: Workspace,
): Directions<RowSums> {
  const { train } = split;
  const own = Uint8Array.from(train, (row) => permuted[row]);
  const fit = fitReduced(reduced, own, data.options, 1, workspace);
  const count = countRows(data.source);
  const once = new Float64Array(train.length).fill(1);
  return ofDirections((direction) => {
    const { directions } = fit[direction];
    const unit = directionOf(reduced, directions, 0);
    const pattern = structureCoefficients(reduced, own, unit, carriedLabel(direction));
    aboutParts(pattern, train, once, data.labels);
    return {
      loading: spreadOut(rowCoefficients(reduced, unit), train, count),
      pattern: spreadOut(pattern, train, count),
    };
  });
}

/** The label of the condition that a direction carries. */
export function carriedLabel(direction: DirectionName): number {
  return direction === "forward" ? targetLabel : referenceLabel;
}

/**
 * `C v = sum_i w_i (p_i - mean) / (n - 1) x_i` over the rows of the carried condition for the first direction: the
 * coefficients of its rows, as they were reduced.
 * @param labels [n]
 * @param direction the first [r] values are it
 */
export function patternCoefficients(
  { train, weights }: Pick<ReducedRows, "train" | "weights">,
  labels: Uint8Array,
  direction: Float64Array,
  carried: number,
): Float64Array {
  const r = train.columns;
  const coefficients = new Float64Array(train.rows);
  let mean = 0;
  let count = 0;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== carried) continue;
    const weight = weights?.[i] ?? 1;
    coefficients[i] = inner(train.values, i * r, direction, 0, r);
    mean += weight * coefficients[i];
    count += weight;
  }
  mean /= count;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== carried) continue;
    coefficients[i] = ((weights?.[i] ?? 1) * (coefficients[i] - mean)) / (count - 1);
  }
  return coefficients;
}

/**
 * {@link patternCoefficients} of rows that count once, over the standard deviation of their projections: how neurons
 * vary with the component, whose own variance permuted labels do not reach.
 */
export function structureCoefficients(
  reduced: Pick<ReducedRows, "train">,
  labels: Uint8Array,
  direction: Float64Array,
  carried: number,
): Float64Array {
  const coefficients = patternCoefficients(reduced, labels, direction, carried);
  const { rows, columns, values } = reduced.train;
  let variance = 0;
  for (let i = 0; i < rows; i += 1) {
    variance += coefficients[i] * inner(values, i * columns, direction, 0, columns);
  }
  return coefficients.map((coefficient) => coefficient / Math.sqrt(variance));
}

/** Coefficients of rows about the weighted mean of their part, made those of the rows themselves; in place. */
export function aboutParts(
  coefficients: Float64Array,
  rows: Int32Array,
  weights: Float64Array,
  partOf: Uint8Array,
): void {
  const sums = [0, 0];
  const totals = [0, 0];
  rows.forEach((row, i) => {
    sums[partOf[row]] += coefficients[i];
    totals[partOf[row]] += weights[i];
  });
  rows.forEach((row, i) => {
    coefficients[i] -= (weights[i] * sums[partOf[row]]) / totals[partOf[row]];
  });
}

/** [r], component c in reduced coordinates. */
export function directionOf(
  { train }: ReducedRows,
  directions: Float64Array,
  c: number,
): Float64Array {
  return directions.subarray(c * train.columns, (c + 1) * train.columns);
}

/** [N], zero for rows that had no part. */
export function spreadOut(
  coefficients: Float64Array,
  rows: Int32Array,
  count: number,
): Float64Array {
  const all = new Float64Array(count);
  rows.forEach((row, i) => {
    all[row] = coefficients[i];
  });
  return all;
}
