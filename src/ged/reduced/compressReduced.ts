import { EigenlensError } from "../../errors.ts";
import { matrix } from "../../linalg/matrix.ts";
import { engineOptions } from "../../linalg/small/engineOptions.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import { cutScree } from "../method/cut.ts";
import type { Keep } from "../method/keep.ts";
import { downdate } from "../../linalg/small/downdate.ts";
import type { ConditionRows } from "./labelledRows.ts";
import type { ReducedRows } from "./reduceRows.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/** The leading principal components of the training rows' average covariance `C = (S+R)/2`. */
export interface ReducedCompression {
  /** k */
  readonly components: number;
  /** Of C, descending, [K] with K >= k: all that are above rounding. */
  readonly eigenvalues: Float64Array;
  /** trace(C) */
  readonly total: number;
  /** [k, r], one component a row, orthonormal. */
  readonly basis: Float64Array;
}

/**
 * Compresses: eigenvalues and leading eigenvectors of C in reduced coordinates, for any labels.
 *
 * Where both conditions count the same number of rows, n/2 each, `(n - 2) C = X'X - n m m'`, where m is
 * half the difference of the means: a diagonal matrix less a rank-one matrix, whatever the labels, so that
 * an exchange of labels costs O(r^2). Else C is decomposed in full.
 * @throws EigenlensError "numerics" if neither condition varies
 */
export function compressReduced(
  reduced: ReducedRows,
  target: ConditionRows,
  reference: ConditionRows,
  keep: Keep,
  workspace: Workspace,
): ReducedCompression {
  return target.count === reference.count
    ? compressBalanced(reduced, target, reference, keep, workspace)
    : compressInFull(reduced, target, reference, keep, workspace);
}

/** The O(r^2) way; conditions must count the same number of rows. */
export function compressBalanced(
  reduced: ReducedRows,
  target: ConditionRows,
  reference: ConditionRows,
  keep: Keep,
  workspace: Workspace,
): ReducedCompression {
  const r = reduced.train.columns;
  const count = target.count + reference.count;
  const update = workspace.buffer("compress.update", r);
  const root = Math.sqrt(count) / 2;
  for (let j = 0; j < r; j += 1) update[j] = root * (target.mean[j] - reference.mean[j]);
  const spectrum = downdate(reduced.sums, update, workspace);
  const eigenvalues = workspace.buffer("compress.eigenvalues", r);
  let total = 0;
  for (let j = 0; j < r; j += 1) {
    eigenvalues[j] = spectrum.values[j] / (count - 2);
    total += (reduced.sums[j] - update[j] * update[j]) / (count - 2);
  }
  const known = aboveRounding(eigenvalues.subarray(0, r), reduced.train.rows);
  const components = cutScree(known, total, keep).components;
  const basis = workspace.buffer("compress.basis", r * r);
  spectrum.vectors(components, basis);
  return { components, eigenvalues: known, total, basis };
}

/** The O(r^3) way, for conditions of any size. */
export function compressInFull(
  reduced: ReducedRows,
  target: ConditionRows,
  reference: ConditionRows,
  keep: Keep,
  workspace: Workspace,
): ReducedCompression {
  const r = reduced.train.columns;
  const average = matrix(r, r, new Float64Array(r * r));
  let total = 0;
  for (const condition of [target, reference]) {
    const columns = transpose(condition.values, condition.rows, r);
    const product = workspace.buffer("compress.product", r * r);
    workspace.gram(columns, r, condition.rows, product);
    const scale = 1 / (2 * (condition.count - 1));
    for (let i = 0; i < r; i += 1) {
      for (let j = i * r; j <= i * r + i; j += 1) average.values[j] += scale * product[j];
    }
  }
  for (let i = 0; i < r; i += 1) {
    total += average.values[i * r + i];
    for (let j = 0; j < i; j += 1) average.values[j * r + i] = average.values[i * r + j];
  }
  const { values, vectors } = symmetricEigen(average, engineOptions(workspace.products));
  const known = aboveRounding(values, reduced.train.rows);
  const components = cutScree(known, total, keep).components;
  return { components, eigenvalues: known, total, basis: vectors.values };
}

function transpose(values: Float64Array, rows: number, columns: number): Float64Array {
  const transposed = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) transposed[j * rows + i] = values[i * columns + j];
  }
  return transposed;
}

/** The leading eigenvalues above numpy's rank tolerance: a share of 1 stops at the rank. */
function aboveRounding(eigenvalues: Float64Array, order: number): Float64Array {
  const tolerance = eigenvalues[0] * order * Number.EPSILON;
  let rank = 0;
  while (rank < eigenvalues.length && eigenvalues[rank] > tolerance) rank += 1;
  if (rank === 0) {
    throw new EigenlensError(
      "numerics",
      "Neither condition varies in the training rows: there is no variance to separate.",
    );
  }
  return eigenvalues.subarray(0, rank);
}
