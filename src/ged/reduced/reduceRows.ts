import { EigenlensError } from "../../errors.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import { engineOptions } from "../../linalg/small/engineOptions.ts";
import { inner } from "../../linalg/small/tiles.ts";
import { Workspace } from "../../linalg/small/workspace.ts";

/**
 * Training rows in the r directions of neuron space in which they vary, and tested rows in the same
 * directions. The directions are orthonormal, so lengths, angles and projections are those of neuron
 * space: whatever is computed here is what the literal procedure computes in all D neurons. They do not
 * depend on which condition a row belongs to, so one reduction serves every exchange of labels.
 */
export interface ReducedRows {
  /** [r], squares' sums of the (weighted) training rows along each direction, descending, all above zero. */
  readonly sums: Float64Array;
  /** [n, r], centred on the training mean. */
  readonly train: Matrix;
  /** [t, r], less the same mean; the part outside the training rows' span is left out, no direction sees it. */
  readonly test: Matrix;
  /** [n], how often each training row counts; absent if each counts once. */
  readonly weights?: Float64Array;
}

/** Which rows of the Gram matrix stand where. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** One split with its rows reduced. */
export interface PreparedSplit {
  readonly split: Split;
  readonly reduced: ReducedRows;
}

/** How training rows count, and about which mean each row is taken. */
export interface Centring {
  /** [n], how often each training row counts (a bootstrap's multiplicities); once if absent. */
  readonly weights?: Float64Array;
  /**
   * [N], 0 or 1: each row, trained on or tested, is taken about the mean of the training rows of its own part
   * (condition) instead of that of all. Covariances about the parts' means stay what they are.
   */
  readonly partOf?: Uint8Array;
}

/**
 * Reduces rows by the eigendecomposition of their own Gram matrix, centred on the training rows' mean
 * (`K_c = E L E'`, coordinates `E L^1/2`; kernel PCA, Schoelkopf et al. 1998, with the linear kernel).
 * @param gram [N, N], inner products of all rows
 * @throws EigenlensError "numerics" if the training rows are all the same
 */
export function reduceRows(
  gram: Matrix,
  split: Split,
  centring: Centring = {},
  workspace = new Workspace(),
  checkpoint?: () => void,
): ReducedRows {
  const { train } = split;
  const { weights } = centring;
  const n = train.length;
  const means = new PartMeans(gram, train, centring);
  const centred = matrix(n, n);
  for (let i = 0; i < n; i += 1) {
    const row = train[i] * gram.columns;
    const root = rootOf(weights, i);
    for (let j = 0; j <= i; j += 1) {
      const value = gram.values[row + train[j]] - means.offset(train[i], train[j]);
      centred.values[i * n + j] = value * root * rootOf(weights, j);
      centred.values[j * n + i] = centred.values[i * n + j];
    }
  }
  const { values, vectors } = symmetricEigen(
    centred,
    engineOptions(workspace.products, checkpoint),
  );
  // Rounding of what centring takes off may pass for variance: one dimension per mean has none.
  const parts = centring.partOf === undefined ? 1 : 2;
  const rank = Math.min(countAboveRounding(values), n - parts);
  if (rank <= 0) {
    throw new EigenlensError(
      "numerics",
      `The ${n} training rows are all the same: there is no variance to separate.`,
    );
  }
  const trainCoordinates = matrix(n, rank);
  const hasMinute = hasMinuteRows(centred);
  if (hasMinute) {
    // `K_c E L^-1/2`: each row to rounding of its own length, not of the longest.
    workspace.multiplyRows(centred.values, n, vectors.values, rank, n, trainCoordinates.values);
  }
  for (let j = 0; j < rank; j += 1) {
    const root = Math.sqrt(values[j]);
    for (let i = 0; i < n; i += 1) {
      const at = i * rank + j;
      const coordinate = hasMinute
        ? trainCoordinates.values[at] / root
        : root * vectors.values[j * n + i];
      trainCoordinates.values[at] = coordinate / rootOf(weights, i);
    }
  }
  return {
    sums: values.slice(0, rank),
    train: trainCoordinates,
    test: projectTested(gram, split, means, values, vectors, rank, weights, workspace),
    ...(weights === undefined ? {} : { weights }),
  };
}

/** Square of a row's length over that of the longest: entries of eigenvectors have lost digits of smaller ones. */
const minuteSquare = 1e-6;

/** Whether some row of a Gram matrix is much shorter than another. */
function hasMinuteRows({ rows, values }: Matrix): boolean {
  let least = Infinity;
  let largest = 0;
  for (let i = 0; i < rows; i += 1) {
    const square = values[i * rows + i];
    least = Math.min(least, square);
    largest = Math.max(largest, square);
  }
  return least < minuteSquare * largest;
}

/**
 * What each training row must be multiplied with so that the sum of rows is the direction:
 * `direction = sum_i c_i x_i` in neuron space. The coefficients of unit weights sum to zero, so it does not
 * matter which mean the rows are centred on.
 * @param direction [r], in reduced coordinates
 * @returns [n]
 */
export function rowCoefficients(reduced: ReducedRows, direction: Float64Array): Float64Array {
  const { train, sums, weights } = reduced;
  const scaled = direction.map((value, j) => value / sums[j]);
  const coefficients = new Float64Array(train.rows);
  for (let i = 0; i < train.rows; i += 1) {
    const coefficient = inner(train.values, i * train.columns, scaled, 0, train.columns);
    coefficients[i] = (weights?.[i] ?? 1) * coefficient;
  }
  return coefficients;
}

/** Mean inner products with the training rows of each part: what centring takes off the Gram matrix. */
class PartMeans {
  readonly #partOf: Uint8Array | undefined;
  /** [parts][N]: mean inner product of every row with the training rows of one part. */
  readonly #means: readonly Float64Array[];
  /** [parts, parts] */
  readonly #grand: readonly (readonly number[])[];

  constructor(gram: Matrix, train: Int32Array, { weights, partOf }: Centring) {
    this.#partOf = partOf;
    const parts = partOf === undefined ? 1 : 2;
    const means = Array.from({ length: parts }, () => new Float64Array(gram.rows));
    const totals = new Float64Array(parts);
    for (let j = 0; j < train.length; j += 1) {
      const part = partOf?.[train[j]] ?? 0;
      const own = means[part];
      const weight = weights?.[j] ?? 1;
      totals[part] += weight;
      const row = train[j] * gram.columns;
      for (let i = 0; i < gram.rows; i += 1) own[i] += weight * gram.values[row + i];
    }
    means.forEach((own, part) => {
      for (let i = 0; i < own.length; i += 1) own[i] /= totals[part];
    });
    const grand = means.map((own) => {
      const sums = new Array<number>(parts).fill(0);
      for (let j = 0; j < train.length; j += 1) {
        sums[partOf?.[train[j]] ?? 0] += (weights?.[j] ?? 1) * own[train[j]];
      }
      return sums.map((sum, part) => sum / totals[part]);
    });
    this.#means = means;
    this.#grand = grand;
  }

  /** `<x_i, x_j> - <x_i - m(i), x_j - m(j)>`, m being the mean of the row's part. */
  offset(i: number, j: number): number {
    const a = this.#partOf?.[i] ?? 0;
    const b = this.#partOf?.[j] ?? 0;
    return this.#means[b][i] + this.#means[a][j] - this.#grand[a][b];
  }
}

function rootOf(weights: Float64Array | undefined, i: number): number {
  return weights === undefined ? 1 : Math.sqrt(weights[i]);
}

/** `numpy.linalg.matrix_rank`'s rule on descending eigenvalues. */
export function countAboveRounding(values: Float64Array): number {
  const tolerance = values[0] * values.length * Number.EPSILON;
  let rank = 0;
  while (rank < values.length && values[rank] > tolerance) rank += 1;
  return rank;
}

/** `K_c[test, train] W^1/2 E L^-1/2`, [t, r]. */
function projectTested(
  gram: Matrix,
  split: Split,
  means: PartMeans,
  values: Float64Array,
  vectors: Matrix,
  rank: number,
  weights: Float64Array | undefined,
  workspace: Workspace,
): Matrix {
  const { train, test } = split;
  const n = train.length;
  const tested = matrix(test.length, rank);
  if (test.length === 0) return tested;
  const cross = new Float64Array(test.length * n);
  for (let t = 0; t < test.length; t += 1) {
    const row = test[t] * gram.columns;
    for (let j = 0; j < n; j += 1) {
      const value = gram.values[row + train[j]] - means.offset(test[t], train[j]);
      cross[t * n + j] = value * rootOf(weights, j);
    }
  }
  workspace.multiplyRows(cross, test.length, vectors.values, rank, n, tested.values);
  for (let t = 0; t < test.length; t += 1) {
    for (let j = 0; j < rank; j += 1) tested.values[t * rank + j] /= Math.sqrt(values[j]);
  }
  return tested;
}
