import { EigenlensError } from "../../errors.ts";
import { rolesOfDirection, type ConditionName, type DirectionName } from "../method/directions.ts";
import type { CompressedRows } from "./compressedRows.ts";
import { topEigenpairs } from "../../linalg/small/topEigenpairs.ts";
import { shrinking, shrunkVariance } from "../method/shrinkage/shrink.ts";
import { resolveShrinkage, type Shrinkage } from "../method/shrinkage/shrinkage.ts";
import { separateGenerally } from "./separateGenerally.ts";
import { shapeOfRows } from "./shapeOfRows.ts";
import type { Workspace } from "../../linalg/small/workspace.ts";

/** The first components of one direction of separation, in reduced coordinates. */
export interface ReducedSeparation {
  /** [m] generalized eigenvalues, descending. */
  readonly eigenvalues: Float64Array;
  /** [m, r], unit directions, one per row; signs are not settled. */
  readonly directions: Float64Array;
  /** g that the silenced condition was shrunk by. */
  readonly gamma: number;
  /** a = trace of the silenced covariance over k. */
  readonly alpha: number;
}

/** What of `1 - (1-g) u` must be left: below, eigenvalues would lose more than six digits. */
const leastRemainder = 1e-6;

/**
 * Separates: the `count` largest eigenvalues of `S w = l ((1-g) R + g a I) w` in the first k components.
 *
 * Along the principal components `S + R = 2 L` is diagonal, so the problem is
 * `S w = u D w`, `D = 2 (1-g) L + g a I`, `u = l / (1 + (1-g) l)`: an ordinary symmetric one after
 * scaling by the diagonal, without a Cholesky factor (unless l is so large that it would be lost in u); and since S has rank nA - 1, of order nA where
 * that is less than k (`D^-1/2 S D^-1/2 = Q'Q` has the eigenvalues of `QQ'`).
 * @param direction whose variance is carried; the other condition is silenced (and shrunk)
 * @param shrinkage g, or who estimates it of the silenced rows
 * @param k how many of the compression's components to use; default all
 * @throws EigenlensError "numerics" if the silenced covariance stays singular
 */
export function separateReduced(
  rows: CompressedRows,
  direction: DirectionName,
  shrinkage: Shrinkage,
  count: number,
  workspace: Workspace,
  k = rows.compression.components,
): ReducedSeparation {
  const { carried: carries, silenced: silences } = rolesOfDirection[direction];
  const carried = rows[carries];
  const rank = rows[silences].rows - 1;
  const alpha = rows.trace(silences, k) / k;
  const gamma = resolveShrinkage(shrinkage, () => shapeOfRows(rows, silences, k));
  if (gamma === 0 && rank < k) throw singular(rank, k, gamma);
  const by = shrinking(gamma, alpha);

  const root = workspace.buffer("separate.root", k);
  for (let j = 0; j < k; j += 1) {
    const scale = shrunkVariance(by, 2 * rows.compression.eigenvalues[j]);
    if (!(scale > 0)) throw singular(rank, k, gamma);
    root[j] = 1 / Math.sqrt(scale);
  }
  const order = Math.min(carried.rows, k);
  // S has rank nA - 1: further directions would be arbitrary.
  const found = Math.max(1, Math.min(count, k, carried.rows - 1));
  const problem = workspace.buffer("separate.problem", order * order);
  const factor = carried.rows <= k ? scaledFactor(rows, carries, k, root, workspace) : undefined;
  if (factor === undefined) scaledCovariance(rows, carries, k, root, problem);
  else workspace.gram(factor, order, k, problem);
  const values = workspace.buffer("separate.values", found);
  const vectors = workspace.buffer("separate.vectors", found * order);
  topEigenpairs(problem, order, found, values, vectors, workspace);

  const r = carried.mean.length;
  const eigenvalues = new Float64Array(found);
  const directions = new Float64Array(found * r);
  const weights = workspace.buffer("separate.weights", k);
  for (let c = 0; c < found; c += 1) {
    const remainder = 1 - by.keep * values[c];
    if (remainder < leastRemainder) {
      const general = separateGenerally(rows, carries, by, found, workspace, k);
      if (general === undefined) throw singular(rank, k, gamma);
      return { ...general, gamma, alpha };
    }
    eigenvalues[c] = Math.max(0, values[c] / remainder);
    if (factor === undefined) {
      for (let j = 0; j < k; j += 1) weights[j] = vectors[c * order + j];
    } else multiplyTransposed(factor, vectors, c, order, k, weights);
    for (let j = 0; j < k; j += 1) weights[j] *= root[j];
    rows.addDirection(weights, k, directions, c * r);
  }
  return { eigenvalues, directions, gamma, alpha };
}

/** `Q = Y D^-1/2 / sqrt(n - 1)`, [n, k], so that `D^-1/2 S D^-1/2 = Q'Q`. */
function scaledFactor(
  rows: CompressedRows,
  carries: ConditionName,
  k: number,
  root: Float64Array,
  workspace: Workspace,
): Float64Array {
  const condition = rows[carries];
  const scores = rows.scores(carries);
  const stride = rows.compression.components;
  const factor = workspace.buffer("separate.factor", condition.rows * k);
  const scale = 1 / Math.sqrt(condition.count - 1);
  for (let i = 0; i < condition.rows; i += 1) {
    for (let j = 0; j < k; j += 1) factor[i * k + j] = scores[i * stride + j] * root[j] * scale;
  }
  return factor;
}

/** `D^-1/2 S D^-1/2`, or with R in place of S, [k, k], lower triangle; `R = 2 L - S` if nothing is lost by it. */
function scaledCovariance(
  rows: CompressedRows,
  carries: ConditionName,
  k: number,
  root: Float64Array,
  problem: Float64Array,
): void {
  const isRest = carries === "reference" && !rows.referenceProjected;
  const covariance = rows.covariance(isRest ? "target" : carries);
  const { components: stride, eigenvalues } = rows.compression;
  const sign = isRest ? -1 : 1;
  for (let i = 0; i < k; i += 1) {
    const scale = sign * root[i];
    for (let j = 0; j <= i; j += 1) {
      problem[i * k + j] = covariance[i * stride + j] * scale * root[j];
    }
    if (sign < 0) problem[i * k + i] += 2 * eigenvalues[i] * root[i] * root[i];
  }
}

/** `weights = Q'u`, u being vector c. */
function multiplyTransposed(
  factor: Float64Array,
  vectors: Float64Array,
  c: number,
  order: number,
  k: number,
  weights: Float64Array,
): void {
  weights.fill(0, 0, k);
  for (let i = 0; i < order; i += 1) {
    const value = vectors[c * order + i];
    for (let j = 0; j < k; j += 1) weights[j] += value * factor[i * k + j];
  }
}

function singular(rank: number, k: number, gamma: number): EigenlensError {
  return new EigenlensError(
    "numerics",
    `With a shrinkage of ${gamma} the silenced covariance is singular in the training rows (rank ${rank} in ${k} kept components): choose a shrinkage above 0, such as 0.01.`,
  );
}
