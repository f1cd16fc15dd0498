import type { Matrix } from "./matrix.ts";

// What an engine may do beyond products. Each is optional in `Products`: where an engine lacks one, the plain way is
// taken, in TypeScript over its products. A capability never changes what is computed, only who computes it.

/** Eigenvalues and leading eigenvectors of one symmetric matrix. */
export interface EigenDecomposition {
  /** All n, descending. */
  readonly values: Float64Array;
  /** `[count, n]`: row i is the unit eigenvector of `values[i]`. */
  readonly vectors: Matrix;
}

/** How many vectors, or a function that says so once it sees the values (descending). */
export type WantedVectors = number | ((values: Float64Array) => number);

/** Decomposes symmetric matrices (LAPACK `dsyevd`). */
export interface EigenSolver {
  /** Smaller matrices are done faster without the engine. */
  readonly smallestOrder: number;
  /**
   * @param copyLower writes the lower triangle, entries below about 1e140, into `[n, n]`
   * @param checkpoint called at least every 50 ms of work; throws to stop
   */
  decompose(
    copyLower: (destination: Float64Array) => void,
    n: number,
    wanted: WantedVectors,
    checkpoint?: () => void,
  ): EigenDecomposition;
}

/** Solves `S w = l R w` (LAPACK `dsygvd`, itype 1). */
export interface DefiniteEigenSolver {
  /** Smaller problems are done faster without the engine. */
  readonly smallestOrder: number;
  /**
   * @param s `[n, n]`, both triangles
   * @param r `[n, n]` positive definite
   * @returns vectors as rows, `w'Rw = 1`
   * @throws NotPositiveDefiniteError naming the pivot of R
   */
  decompose(
    s: Matrix,
    r: Matrix,
    wanted: WantedVectors,
    checkpoint?: () => void,
  ): EigenDecomposition;
}

/** The largest and the smallest eigenvalue of a positive definite matrix. */
export interface SpectrumEnds {
  readonly largest: number;
  readonly smallest: number;
}

/** Which of the largest eigenpairs are wanted; `count` or `share`. */
export interface WantedPairs {
  /** How many of the largest eigenvalues. */
  readonly count?: number;
  /**
   * As many of the largest eigenvalues as hold this share of the trace, in (0, 1]. The matrix must then be
   * positive semidefinite: the known trace is what certifies that nothing of weight is missing.
   */
  readonly share?: number;
  readonly checkpoint?: () => void;
}

/** Why a full decomposition is the better choice. */
export interface PartialEigenRefusal {
  readonly refused: string;
}

/** Finds only the largest eigenpairs of a symmetric matrix. */
export interface PartialEigenSolver {
  /** Below this order a full decomposition takes a fraction of a second and shows the whole spectrum. */
  readonly smallestOrder: number;
  /**
   * @param a `[n, n]`, both triangles; used where it stands if the engine holds it
   * @returns values and vectors of the wanted pairs only
   */
  decompose(a: Matrix | HeldMatrix, wanted: WantedPairs): EigenDecomposition | PartialEigenRefusal;
}

/** A matrix in the engine's memory, so that the engine's products with it copy nothing. */
export interface HeldMatrix {
  /** To be filled; it must not be touched after {@link release}. */
  readonly matrix: Matrix;
  /** Frees its memory; idempotent. */
  release(): void;
}

/** Rows Z, `[N, D]`, in the engine's memory, whose `Z'Z` is decomposed without being formed. */
export interface HeldRows {
  /** `[N, D]`, to be filled; it must not be touched after {@link release}. */
  readonly rows: Matrix;
  /**
   * The leading eigenpairs of `Z'Z`.
   * @param trace of `Z'Z`, exact
   * @returns or why a full decomposition of `Z'Z` is better
   */
  leadingEigenpairs(trace: number, wanted: WantedPairs): EigenDecomposition | PartialEigenRefusal;
  /**
   * `Z V`: the rows on the first of the eigenvectors that {@link leadingEigenpairs} last found; what it
   * remembered of them is freed.
   * @returns `[N, count]`
   */
  scores(count: number): Matrix;
  /**
   * The rows on given directions.
   * @param directions `[m, D]`
   * @returns `[N, m]`
   */
  project(directions: Matrix): Matrix;
  /**
   * `W Z` over some of the rows.
   * @param weights W, `[m, stop - start]`
   * @returns `[m, D]`
   */
  combine(weights: Matrix, start: number, stop: number): Matrix;
  /** `Z'Z` over some of the rows, `[D, D]`, both triangles. */
  crossProduct(start: number, stop: number): Matrix;
  /** Frees the rows; idempotent. */
  release(): void;
}

/** Where blocks of streamed rows and the sum of their cross products are held, and who multiplies them. */
export interface BlockStore {
  /** Rows that one block holds. */
  readonly blockRows: number;
  /** `[blockRows, columns]` to be filled; another buffer after each {@link add}. */
  readonly block: Float32Array | Float64Array;
  /**
   * Centres the current block and adds its cross product, perhaps later; turns to the other buffer.
   * @param rows filled, at least 1
   * @param mean `[columns]`, receives the block's mean
   */
  add(rows: number, mean: Float64Array): void;
  /** Adds the cross product of float64 rows, `[count, columns]`. */
  addRows(rows: Float64Array, count: number): void;
  /** The sum times a factor, `[columns, columns]`, both triangles. */
  takeSum(factor: number): Matrix;
  /** Idempotent. */
  release(): void;
}

export interface BlockOptions {
  /** Float32 blocks and products, with float64 sums. */
  readonly single: boolean;
  /** Default: as many as the engine works best with. */
  readonly blockRows?: number;
}
