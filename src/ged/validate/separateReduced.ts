import { EigenlensError } from "../../errors.ts";
import type { ReducedCompression } from "./compressReduced.ts";
import type { ConditionRows } from "./labelledRows.ts";
import type { Scratch } from "./scratch.ts";
import { inner, multiplyRows } from "./tiles.ts";
import { topEigenpairs } from "./topEigenpairs.ts";

/** The first components of one direction of separation, in reduced coordinates. */
export interface ReducedSeparation {
  /** [m] generalized eigenvalues, descending. */
  readonly eigenvalues: Float64Array;
  /** [m, r], unit directions, one a row; signs are not settled. */
  readonly directions: Float64Array;
  /** a = trace of the silenced covariance over k. */
  readonly alpha: number;
}

/** Both conditions' rows along the kept components. */
export interface CompressedRows {
  readonly target: ConditionRows;
  readonly reference: ConditionRows;
  /** [nA, r] B' -> [nA, k] */
  readonly targetScores: Float64Array;
  readonly referenceScores: Float64Array;
  /** trace(S_k), trace(R_k) */
  readonly targetTrace: number;
  readonly referenceTrace: number;
}

/** Projects the centred rows of both conditions on the kept components. */
export function scoreRows(
  compression: ReducedCompression,
  target: ConditionRows,
  reference: ConditionRows,
  r: number,
  scratch: Scratch,
): CompressedRows {
  const { components: k, basis } = compression;
  const targetScores = scratch.buffer("separate.targetScores", target.rows * k);
  const referenceScores = scratch.buffer("separate.referenceScores", reference.rows * k);
  multiplyRows(target.values, target.rows, basis, k, r, targetScores);
  multiplyRows(reference.values, reference.rows, basis, k, r, referenceScores);
  return {
    target,
    reference,
    targetScores,
    referenceScores,
    targetTrace: sumOfSquares(targetScores, target.rows * k) / (target.count - 1),
    referenceTrace: sumOfSquares(referenceScores, reference.rows * k) / (reference.count - 1),
  };
}

/**
 * Separates: the `count` largest eigenvalues of `S w = l ((1-g) R + g a I) w` in the k kept components.
 *
 * Along the principal components `S + R = 2 L` is diagonal, so the problem is
 * `S w = u D w`, `D = 2 (1-g) L + g a I`, `u = l / (1 + (1-g) l)`: an ordinary symmetric one after
 * scaling by the diagonal, without a Cholesky factor; and since S has rank nA - 1, of order nA where
 * that is less than k (`D^-1/2 S D^-1/2 = Q'Q` has the eigenvalues of `QQ'`).
 * @param carries whose variance the direction carries; the other condition is silenced (and shrunk)
 * @param shrinkage g in [0, 1]
 * @param k how many of the scored components to use, at most the compression's
 * @throws EigenlensError "numerics" where the silenced covariance stays singular
 */
export function separateReduced(
  compression: ReducedCompression,
  rows: CompressedRows,
  carries: "target" | "reference",
  shrinkage: number,
  count: number,
  r: number,
  scratch: Scratch,
  k = compression.components,
  traces = { target: rows.targetTrace, reference: rows.referenceTrace },
): ReducedSeparation {
  const forward = carries === "target";
  const carried = forward ? rows.target : rows.reference;
  const silenced = forward ? rows.reference : rows.target;
  const scores = forward ? rows.targetScores : rows.referenceScores;
  const alpha = (forward ? traces.reference : traces.target) / k;
  if (shrinkage === 0 && silenced.rows - 1 < k) throw singular(silenced.rows - 1, k, shrinkage);

  const root = scratch.buffer("separate.root", k);
  for (let j = 0; j < k; j += 1) {
    const scale = 2 * (1 - shrinkage) * compression.eigenvalues[j] + shrinkage * alpha;
    if (!(scale > 0)) throw singular(j, k, shrinkage);
    root[j] = 1 / Math.sqrt(scale);
  }
  const factor = scaledFactor(scores, carried, compression.components, k, root, scratch);
  const order = Math.min(carried.rows, k);
  // S has rank nA - 1: further directions would be arbitrary.
  const found = Math.max(1, Math.min(count, k, carried.rows - 1));
  const values = scratch.buffer("separate.values", found);
  const vectors = scratch.buffer("separate.vectors", found * order);
  const problem = scratch.buffer("separate.problem", order * order);
  if (carried.rows <= k) multiplyRows(factor, order, factor, order, k, problem, true);
  else {
    const columns = transposed(factor, carried.rows, k, scratch);
    multiplyRows(columns, order, columns, order, carried.rows, problem, true);
  }
  topEigenpairs(problem, order, found, values, vectors, scratch);

  const eigenvalues = new Float64Array(found);
  const directions = new Float64Array(found * r);
  const weights = scratch.buffer("separate.weights", k);
  for (let c = 0; c < found; c += 1) {
    const remainder = 1 - (1 - shrinkage) * values[c];
    if (!(remainder > 4 * Number.EPSILON)) throw singular(silenced.rows - 1, k, shrinkage);
    eigenvalues[c] = Math.max(0, values[c] / remainder);
    componentWeights(vectors, c, order, factor, carried.rows, k, root, weights);
    mapToRows(weights, compression.basis, k, r, directions, c * r);
  }
  return { eigenvalues, directions, alpha };
}

/** `Q = Y D^-1/2 / sqrt(n - 1)`, [n, k], so that `D^-1/2 S D^-1/2 = Q'Q`. */
function scaledFactor(
  scores: Float64Array,
  condition: ConditionRows,
  stride: number,
  k: number,
  root: Float64Array,
  scratch: Scratch,
): Float64Array {
  const factor = scratch.buffer("separate.factor", condition.rows * k);
  const scale = 1 / Math.sqrt(condition.count - 1);
  for (let i = 0; i < condition.rows; i += 1) {
    for (let j = 0; j < k; j += 1) factor[i * k + j] = scores[i * stride + j] * root[j] * scale;
  }
  return factor;
}

function transposed(factor: Float64Array, rows: number, k: number, scratch: Scratch): Float64Array {
  const columns = scratch.buffer("separate.columns", rows * k);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < k; j += 1) columns[j * rows + i] = factor[i * k + j];
  }
  return columns;
}

/** w in the kept components: the vector itself, or `Q'u` where the problem was `QQ'`, scaled back. */
function componentWeights(
  vectors: Float64Array,
  c: number,
  order: number,
  factor: Float64Array,
  rows: number,
  k: number,
  root: Float64Array,
  weights: Float64Array,
): void {
  if (rows > k) {
    for (let j = 0; j < k; j += 1) weights[j] = vectors[c * order + j] * root[j];
    return;
  }
  weights.fill(0, 0, k);
  for (let i = 0; i < rows; i += 1) {
    const value = vectors[c * order + i];
    for (let j = 0; j < k; j += 1) weights[j] += value * factor[i * k + j];
  }
  for (let j = 0; j < k; j += 1) weights[j] *= root[j];
}

/** `V w` at unit length; V is orthonormal. */
function mapToRows(
  weights: Float64Array,
  basis: Float64Array,
  k: number,
  r: number,
  directions: Float64Array,
  start: number,
): void {
  const scale = 1 / Math.sqrt(inner(weights, 0, weights, 0, k));
  for (let j = 0; j < k; j += 1) {
    const weight = weights[j] * scale;
    for (let i = 0; i < r; i += 1) directions[start + i] += weight * basis[j * r + i];
  }
}

function sumOfSquares(values: Float64Array, length: number): number {
  return inner(values, 0, values, 0, length);
}

function singular(rank: number, k: number, shrinkage: number): EigenlensError {
  return new EigenlensError(
    "numerics",
    `With a shrinkage of ${shrinkage} the silenced covariance is singular in the training rows (rank ${rank} in ${k} kept components): choose a shrinkage above 0, such as 0.01.`,
  );
}
