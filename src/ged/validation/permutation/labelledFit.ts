import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import { inner } from "../../../linalg/small/tiles.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { ofDirections, type Directions } from "../../method/directions.ts";
import { fitBalanced } from "../../reduced/balanced/fitBalanced.ts";
import { fitReduced, type FitOptions } from "../../reduced/fitReduced.ts";
import { targetLabel, type ConditionRows } from "../../reduced/labelledRows.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";

/** What a permutation needs of one fit: unit directions, one per row, fewer than m if there are no more. */
export interface LabelledFit extends Directions<Matrix> {
  /** Of both covariances of the training rows. */
  readonly traces: { readonly target: number; readonly reference: number };
}

/**
 * One labelling of one split's training rows, fitted: by {@link fitBalanced} if it can, else by {@link fitReduced}.
 * @throws EigenlensError "numerics" as {@link fitReduced} does
 */
export function labelledFit(
  { options, components: m }: { readonly options: FitOptions; readonly components: number },
  { split, reduced }: PreparedSplit,
  labels: Uint8Array,
  workspace: Workspace,
): LabelledFit {
  const { train } = split;
  const own = new Uint8Array(train.length);
  for (let i = 0; i < train.length; i += 1) own[i] = labels[train[i]];
  const r = reduced.train.columns;
  const { memory } = workspace;
  const balanced =
    memory === undefined ? undefined : fitBalanced(reduced, own, options, m, memory, workspace);
  if (balanced !== undefined) {
    return {
      ...ofDirections((direction) => matrix(m, r, balanced[direction])),
      traces: balanced.traces,
    };
  }
  const fit = fitReduced(reduced, own, options, m, workspace);
  return {
    ...ofDirections((direction) => {
      const { eigenvalues, directions } = fit[direction];
      return matrix(eigenvalues.length, r, directions);
    }),
    traces: { target: trace(fit.target), reference: trace(fit.reference) },
  };
}

/** Of a condition's covariance, all dimensions. */
function trace({ values, rows, count, mean }: ConditionRows): number {
  return inner(values, 0, values, 0, rows * mean.length) / (count - 1);
}

/** Squares of projections about the mean of the rows of the same label, summed for each direction. */
export interface LabelledSquares {
  readonly components: number;
  readonly target: Float64Array;
  readonly reference: Float64Array;
  /** How many of each. */
  readonly rows: { readonly target: number; readonly reference: number };
}

/**
 * @param directions [m, r]
 * @param rows [t, r]
 * @param numbers [t], which rows of the labels they are
 */
export function squaresOnDirections(
  directions: Matrix,
  rows: Matrix,
  numbers: Int32Array,
  labels: Uint8Array,
  workspace: Workspace,
): LabelledSquares {
  const m = directions.rows;
  const t = rows.rows;
  const projections = workspace.buffer("permutation.projections", m * t);
  workspace.multiplyRows(directions.values, m, rows.values, t, rows.columns, projections);
  const target = new Float64Array(m);
  const reference = new Float64Array(m);
  let targets = 0;
  for (let i = 0; i < t; i += 1) if (labels[numbers[i]] === targetLabel) targets += 1;
  const references = t - targets;
  for (let c = 0; c < m; c += 1) {
    const start = c * t;
    let targetMean = 0;
    let referenceMean = 0;
    for (let i = 0; i < t; i += 1) {
      if (labels[numbers[i]] === targetLabel) targetMean += projections[start + i];
      else referenceMean += projections[start + i];
    }
    targetMean /= targets;
    referenceMean /= references;
    for (let i = 0; i < t; i += 1) {
      if (labels[numbers[i]] === targetLabel) {
        const deviation = projections[start + i] - targetMean;
        target[c] += deviation * deviation;
      } else {
        const deviation = projections[start + i] - referenceMean;
        reference[c] += deviation * deviation;
      }
    }
  }
  return { components: m, target, reference, rows: { target: targets, reference: references } };
}
