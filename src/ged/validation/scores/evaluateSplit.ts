import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import { describeError } from "../../../errors.ts";
import {
  directionNames,
  ofDirections,
  type DirectionName,
  type Directions,
} from "../../method/directions.ts";
import { shrinking, shrunkVariance } from "../../method/shrinkage/shrink.ts";
import { fitReduced, type FitOptions, type ReducedFit } from "../../reduced/fitReduced.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import type { Outcome } from "./outcome.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import { inner, multiplyRows } from "../../../linalg/small/tiles.ts";

/** Rows of an outcome's projections: m components forward, m swapped, then the two baselines. */
export interface DirectionLayout {
  /** m */
  readonly components: number;
}

/** The row of component c of one direction. */
export function componentRow(layout: DirectionLayout, direction: DirectionName, c: number): number {
  return directionNames.indexOf(direction) * layout.components + c;
}

export function meanDifferenceDirection(layout: DirectionLayout): number {
  return 2 * layout.components;
}

export function linearDiscriminantDirection(layout: DirectionLayout): number {
  return 2 * layout.components + 1;
}

/** What one split gives: scores of its tested and of its training rows, and what the fit found. */
export interface SplitEvaluation {
  readonly heldOut: Outcome;
  readonly inSample: Outcome;
  /** [d, r] unit directions in reduced coordinates; NaN if not found. */
  readonly directions: Matrix;
  /** Generalized eigenvalues, [m] at most. */
  readonly eigenvalues: Directions<Float64Array>;
  /** k */
  readonly components: number;
}

/**
 * Fits both directions and both baselines on the training rows of one split and projects all its rows.
 * @param labels [N]
 * @throws EigenlensError "numerics" if the training rows cannot be fitted
 */
export function evaluateSplit(
  prepared: PreparedSplit,
  labels: Uint8Array,
  options: FitOptions,
  layout: DirectionLayout,
  workspace: Workspace,
): SplitEvaluation {
  const { split, reduced } = prepared;
  const own = Uint8Array.from(split.train, (row) => labels[row]);
  const fit = fitReduced(reduced, own, options, layout.components, workspace);
  const r = reduced.train.columns;
  const count = 2 * layout.components + 2;
  const directions = matrix(count, r, new Float64Array(count * r).fill(NaN));
  for (const direction of directionNames) {
    directions.values.set(fit[direction].directions, componentRow(layout, direction, 0) * r);
  }
  directions.values.set(meanDifference(fit), meanDifferenceDirection(layout) * r);
  directions.values.set(linearDiscriminant(fit), linearDiscriminantDirection(layout) * r);
  const inSample = project(directions, reduced.train, split.train);
  const targetMeans = trainingMeans(inSample, own, true);
  const referenceMeans = trainingMeans(inSample, own, false);
  const heldOut = project(directions, reduced.test, split.test);
  return {
    inSample: { rows: split.train, projections: inSample, targetMeans, referenceMeans },
    heldOut: { rows: split.test, projections: heldOut, targetMeans, referenceMeans },
    directions,
    eigenvalues: ofDirections((direction) => fit[direction].eigenvalues),
    components: fit.compression.components,
  };
}

/** The line through both training means, unit length. */
function meanDifference(fit: ReducedFit): Float64Array {
  const r = fit.target.mean.length;
  const difference = new Float64Array(r);
  for (let j = 0; j < r; j += 1) difference[j] = fit.target.mean[j] - fit.reference.mean[j];
  return unit(difference);
}

/**
 * Fisher's linear discriminant in the kept components, on the average covariance shrunk as the reference is:
 * `((1-g) L + g mean(L))^-1 V'(m_A - m_B)`; L is diagonal there.
 */
function linearDiscriminant(fit: ReducedFit): Float64Array {
  const { components: k, eigenvalues, basis } = fit.compression;
  const r = fit.target.mean.length;
  const difference = meanDifference(fit);
  let mean = 0;
  for (let j = 0; j < k; j += 1) mean += eigenvalues[j] / k;
  const by = shrinking(fit.forward.gamma, mean);
  const direction = new Float64Array(r);
  for (let j = 0; j < k; j += 1) {
    const scale = shrunkVariance(by, eigenvalues[j]);
    const weight = inner(basis, j * r, difference, 0, r) / scale;
    for (let i = 0; i < r; i += 1) direction[i] += weight * basis[j * r + i];
  }
  return unit(direction);
}

/** NaN if the vector is zero: equal means have no direction. */
function unit(vector: Float64Array): Float64Array {
  const scale = 1 / Math.sqrt(inner(vector, 0, vector, 0, vector.length));
  return vector.map((value) => value * scale);
}

function project(directions: Matrix, rows: Matrix, numbers: Int32Array): Matrix {
  const projections = matrix(directions.rows, numbers.length);
  multiplyRows(
    directions.values,
    directions.rows,
    rows.values,
    rows.rows,
    rows.columns,
    projections.values,
  );
  return projections;
}

function trainingMeans(projections: Matrix, labels: Uint8Array, ofTarget: boolean): Float64Array {
  const means = new Float64Array(projections.rows);
  for (let d = 0; d < projections.rows; d += 1) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < labels.length; i += 1) {
      if ((labels[i] === targetLabel) !== ofTarget) continue;
      sum += projections.values[d * projections.columns + i];
      count += 1;
    }
    means[d] = sum / count;
  }
  return means;
}

/** The one-line reason of a part that failed; anything that is not ours to explain is thrown on. */
export function reasonOf(thrown: unknown): string {
  const { code, message } = describeError(thrown);
  if (code === "cancelled" || code === "internal") throw thrown;
  return message;
}
