import type { Matrix } from "../../linalg/matrix.ts";
import { matrixRank } from "../../linalg/rank.ts";
import {
  constantNeurons,
  countConstantNeurons,
  type ConditionMoments,
  type Moments,
} from "./moments/moments.ts";

/** The centred rows of both conditions on m unit directions, one row a sentence. */
export interface Projections {
  /** [nA, m] */
  readonly target: Matrix;
  /** [nB, m] */
  readonly reference: Matrix;
}

/** What rounding made necessary; both false for ordinary data. */
export interface CompressionNumerics {
  /** Whether both conditions were projected by themselves, since one is much smaller than the other. */
  readonly referenceProjected: boolean;
  /** Whether small eigenvalues of the Gram matrix, which squares the rows' condition number, were refined. */
  readonly refined: boolean;
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
  readonly numerics: CompressionNumerics;
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
   * Every row, centred on its condition's mean, on the directions `V u`; undefined if the rows are
   * out of reach (a large run opened from its document).
   * @param coefficients [m, k]
   * @throws EigenlensError if rows must be read again and cannot be
   */
  project(coefficients: Matrix): Promise<Projections | undefined>;
}

/** One number for each row of both conditions. */
export type SquaredLengths = Readonly<Record<"target" | "reference", Float64Array>>;

/** A compression beside the rows or covariances that it was made from: any vector of neuron space can be asked about. */
export interface FullCompression extends Compression {
  /**
   * `V'x` for each row x of `vectors` [m, D], in the k kept components.
   * @returns [m, k]
   */
  toComponents(vectors: Matrix): Matrix;
  /**
   * `S x` (or `R x`) for each row x of `vectors` [m, D], at full width.
   * @returns [m, D]
   */
  covarianceOf(condition: "target" | "reference", vectors: Matrix): Matrix;
  /**
   * `|V'x|^2` of every row x, centred on its condition's mean, in the k kept components: [nA] and [nB]; undefined if
   * there are no rows, only moments.
   * @throws EigenlensError if rows must be read again and cannot be; CancelledError
   */
  squaredLengths(): Promise<SquaredLengths | undefined>;
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
 * What can be said of the ranks without decomposing S and R: that of C if its leading eigenvalues hold all of the
 * variance but rounding, and bounds by the rows, the neurons that vary, and the rank of C, which neither exceeds.
 * @param values the leading eigenvalues of C, descending
 * @param total trace(C)
 */
export function knownRanks(
  moments: Moments,
  values: Float64Array,
  total: number,
): Pick<Compression, "averageRank" | "fullRank"> {
  const { target, reference, columns } = moments;
  const rank = matrixRank(values, columns);
  const rest = total - values.reduce((sum, value) => sum + value, 0);
  // No eigenvalue beyond those known is larger than their sum, which rounding may make negative.
  const isComplete =
    values.length === columns || rest <= (values[0] ?? 0) * columns * Number.EPSILON;
  const varying = columns - countConstantNeurons(moments);
  const averageRank = isComplete
    ? ({ rank, kind: "exact" } as const)
    : ({ rank: Math.min(target.rows + reference.rows - 2, varying), kind: "upperBound" } as const);
  const bound = (condition: ConditionMoments) =>
    Math.min(condition.rows - 1, columns - constantNeurons(condition), averageRank.rank);
  return {
    averageRank,
    fullRank: { target: bound(target), reference: bound(reference), kind: "upperBound" },
  };
}
