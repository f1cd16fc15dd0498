import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { countConstantNeurons, type Moments } from "./moments.ts";

/** The centred rows of both conditions on m unit directions, one row a sentence. */
export interface Projections {
  /** [nA, m] */
  readonly target: Matrix;
  /** [nB, m] */
  readonly reference: Matrix;
}

/**
 * Both conditions in the leading principal components of the average covariance `C = (S+R)/2`.
 * K eigenvalues are known, S and R in the first M components, of which k are kept (k <= M <= K); D
 * neurons. A direction is given by its coefficients in the leading components, and what is needed at
 * full width is mapped back on demand.
 */
export interface Compression {
  /** k */
  readonly components: number;
  readonly varianceKept: number;
  /** trace(C), exact. */
  readonly totalVariance: number;
  /** [K] descending, K >= k. */
  readonly eigenvalues: Float64Array;
  /** S in the first M components, [M, M]; its leading k x k block is S in the kept ones. */
  readonly target: Matrix;
  /** R, likewise. */
  readonly reference: Matrix;
  /** Rank of C at full width. */
  readonly averageRank: { readonly rank: number; readonly kind: "exact" | "upperBound" };
  /** Ranks of S and R at full width. */
  readonly fullRank: {
    readonly target: number;
    readonly reference: number;
    readonly kind: "exact" | "upperBound";
  };
  /**
   * `V w` for each row w of `coefficients` [m, k].
   * @returns [m, D]
   */
  toNeurons(coefficients: Matrix): Matrix;
  /**
   * `S V u` (or `R V u`) for each row u of `coefficients` [m, k], at full width, nothing discarded.
   * @returns [m, D]
   */
  covarianceTimes(condition: "target" | "reference", coefficients: Matrix): Matrix;
  /**
   * Every row, centred on its condition's mean, on the directions `V u`; undefined where the rows are
   * out of reach (a large run opened from its document).
   * @param coefficients [m, k]
   * @throws EigenlensError where rows must be read again and cannot be
   */
  project(coefficients: Matrix): Promise<Projections | undefined>;
}

/** The leading `order` x `order` block of a square matrix, copied. */
export function leadingBlock(a: Matrix, order: number): Matrix {
  if (order === a.rows) return a;
  const values = new Float64Array(order * order);
  for (let i = 0; i < order; i += 1) {
    values.set(a.values.subarray(i * a.columns, i * a.columns + order), i * order);
  }
  return { rows: order, columns: order, values };
}

/**
 * `R = 2 L - S` in the components: `V'CV = L` saves the second projection.
 * @param target S, [k, k]
 * @param eigenvalues of C, at least k
 */
export function referenceFromTarget(target: Matrix, eigenvalues: Float64Array): Matrix {
  const k = target.rows;
  const reference = matrix(k, k);
  for (let i = 0; i < k * k; i += 1) reference.values[i] = -target.values[i];
  for (let i = 0; i < k; i += 1) reference.values[i * k + i] += 2 * eigenvalues[i];
  return reference;
}

/** What rows and constant neurons alone say of the ranks, where not all eigenvalues are known. */
export function rankBounds(moments: Moments): Pick<Compression, "averageRank" | "fullRank"> {
  const varying = moments.columns - countConstantNeurons(moments);
  const nA = moments.target.rows;
  const nB = moments.reference.rows;
  return {
    averageRank: { rank: Math.min(nA + nB - 2, varying), kind: "upperBound" },
    fullRank: {
      target: Math.min(nA - 1, varying),
      reference: Math.min(nB - 1, varying),
      kind: "upperBound",
    },
  };
}
