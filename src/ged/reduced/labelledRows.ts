import { EigenlensError } from "../../errors.ts";
import type { ReducedRows } from "./reduceRows.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/** The rows of one condition among the training rows, in reduced coordinates. */
export interface ConditionRows {
  /** [rows], how often each row counts; undefined if once each. */
  readonly weights?: Float64Array;
  /** [rows, r], centred on the condition's own mean, each row times the root of its weight. */
  readonly values: Float64Array;
  readonly rows: number;
  /** How many rows they count as: the sum of their weights. */
  readonly count: number;
  /** [r], the condition's mean (the training mean of both is the origin). */
  readonly mean: Float64Array;
}

export const targetLabel = 1;
export const referenceLabel = 0;

/**
 * Gathers the rows of both conditions; see {@link gatherCondition}.
 * @throws EigenlensError "numerics" if a condition has fewer than two rows
 */
export function gatherConditions(
  reduced: ReducedRows,
  labels: Uint8Array,
  workspace: Workspace,
): { readonly target: ConditionRows; readonly reference: ConditionRows } {
  const target = gatherCondition(reduced, labels, targetLabel, workspace);
  const reference = gatherCondition(reduced, labels, referenceLabel, workspace);
  for (const [name, { rows }] of Object.entries({ target, reference })) {
    if (rows >= 2) continue;
    throw new EigenlensError(
      "numerics",
      `The ${name} has ${rows} training rows: a covariance needs at least two.`,
    );
  }
  return { target, reference };
}

/**
 * Gathers the rows of one condition and centres them on their own mean.
 * @param labels [n], {@link targetLabel} or {@link referenceLabel} for each training row
 */
export function gatherCondition(
  reduced: ReducedRows,
  labels: Uint8Array,
  label: number,
  workspace: Workspace,
): ConditionRows {
  const { train, weights } = reduced;
  const r = train.columns;
  const values = workspace.buffer(`condition.${label}.rows`, train.rows * r);
  const mean = workspace.buffer(`condition.${label}.mean`, r).subarray(0, r).fill(0);
  const own =
    weights && workspace.buffer(`condition.${label}.weights`, train.rows).subarray(0, train.rows);
  let rows = 0;
  let count = 0;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== label) continue;
    const weight = weights === undefined ? 1 : weights[i];
    const from = i * r;
    const to = rows * r;
    for (let j = 0; j < r; j += 1) {
      const value = train.values[from + j];
      values[to + j] = value;
      mean[j] += weight * value;
    }
    if (own !== undefined) own[rows] = weight;
    rows += 1;
    count += weight;
  }
  for (let j = 0; j < r; j += 1) mean[j] /= count;
  let at = 0;
  for (let i = 0; i < train.rows; i += 1) {
    if (labels[i] !== label) continue;
    const root = weights === undefined ? 1 : Math.sqrt(weights[i]);
    for (let j = 0; j < r; j += 1) values[at + j] = (values[at + j] - mean[j]) * root;
    at += r;
  }
  return { ...(own === undefined ? {} : { weights: own }), values, rows, count, mean };
}
