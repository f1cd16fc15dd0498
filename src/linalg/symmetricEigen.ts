import type { EigenDecomposition, EigenSolver, WantedVectors } from "./capabilities.ts";
import { applyReflectorsToRows, reduceToTridiagonal } from "./householder.ts";
import { matrix, type Matrix } from "./matrix.ts";
import type { Products } from "./products.ts";
import { suitableScale } from "./scaling.ts";
import { tridiagonalQl } from "./tridiagonalQl.ts";

export interface SymmetricEigenOptions {
  /**
   * How many eigenvectors, of the largest eigenvalues first, or a function that says so once it sees the
   * values (descending); default all, 0 for values only.
   */
  readonly vectors?: WantedVectors;
  /** The engine that large matrices are decomposed on. */
  readonly products?: Products;
  /** Called at least every 50 ms of work; throws to stop. */
  readonly checkpoint?: () => void;
  /**
   * Memory to reuse over many calls. The result then lives in it and holds until the next call with the
   * same workspace.
   */
  readonly workspace?: EigenWorkspace;
}

/** Memory for {@link symmetricEigen}, kept between calls; it grows to the largest order seen. */
export class EigenWorkspace {
  #vectors = new Float64Array(0);
  #square = new Float64Array(0);
  #basis = new Float64Array(0);
  readonly #views = new Map<number, Float64Array[]>();

  /** Five vectors of n: values, diagonal, off-diagonal, reflector scales, scratch. */
  vectorsFor(n: number): Float64Array[] {
    if (this.#vectors.length < 5 * n) {
      this.#vectors = new Float64Array(5 * n);
      this.#views.clear();
    }
    let views = this.#views.get(n);
    if (views === undefined) {
      views = [0, 1, 2, 3, 4].map((i) => this.#vectors.subarray(i * n, (i + 1) * n));
      this.#views.set(n, views);
    }
    return views;
  }

  /** `[n, n]` for the copy that is reduced. */
  squareFor(n: number): Float64Array {
    if (this.#square.length < n * n) this.#square = new Float64Array(n * n);
    return this.#square;
  }

  /** `[n, n]` for the eigenvectors of the tridiagonal matrix. */
  basisFor(n: number): Float64Array {
    if (this.#basis.length < n * n) this.#basis = new Float64Array(n * n);
    return this.#basis;
  }
}

/**
 * Eigenvalues (all, descending) and eigenvectors (the leading ones, one per row) of a symmetric matrix.
 * Householder reduction to tridiagonal form, then implicit QL (LAPACK `dsyev`); on an engine that
 * decomposes itself (the WebAssembly one: blocked, with divide and conquer, `dsyevd`) what that engine does.
 * @param a `[n, n]`, not changed; only its lower triangle is read
 * @throws EigenlensError "numerics" if an entry is not finite
 * @throws RangeError if `a` is not square
 */
export function symmetricEigen(a: Matrix, options: SymmetricEigenOptions = {}): EigenDecomposition {
  const n = a.rows;
  if (a.columns !== n) {
    throw new RangeError(`A symmetric matrix is square, not ${n} x ${a.columns}.`);
  }
  const solver = options.products?.eigen;
  if (solver !== undefined && n >= solver.smallestOrder) return onEngine(a, solver, options);
  const workspace = options.workspace ?? new EigenWorkspace();
  const [values, diagonal, offDiagonal, tau, scratch] = workspace.vectorsFor(n);
  const reduced = workspace.squareFor(n);
  const scale = copyScaledLower(a, reduced);
  reduceToTridiagonal(reduced, n, diagonal, offDiagonal, tau, scratch, options.checkpoint);
  let basis: Float64Array | undefined;
  if (options.vectors !== 0) {
    basis = workspace.basisFor(n);
    basis.fill(0, 0, n * n);
    for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  }
  tridiagonalQl(diagonal, offDiagonal, n, basis, n, options.checkpoint);
  const order = descendingOrder(diagonal);
  for (let i = 0; i < n; i++) values[i] = diagonal[order[i]] / scale;
  const count = wantedVectors(values, options.vectors);
  if (basis === undefined) return { values, vectors: matrix(0, n) };
  const vectors = new Float64Array(count * n);
  for (let i = 0; i < count; i++) {
    vectors.set(basis.subarray(order[i] * n, (order[i] + 1) * n), i * n);
  }
  applyReflectorsToRows(reduced, n, tau, vectors, count, options.checkpoint);
  return { values, vectors: matrix(count, n, vectors) };
}

function onEngine(
  a: Matrix,
  solver: EigenSolver,
  options: SymmetricEigenOptions,
): EigenDecomposition {
  let scale = 1;
  const copyLower = (destination: Float64Array): void => {
    scale = copyScaledLower(a, destination);
  };
  const { vectors } = options;
  const count =
    typeof vectors === "function"
      ? (values: Float64Array) => wantedVectors(unscaled(values, scale), vectors)
      : Math.min(a.rows, vectors ?? a.rows);
  const found = solver.decompose(copyLower, a.rows, count, options.checkpoint);
  return { values: unscaled(found.values, scale), vectors: found.vectors };
}

function unscaled(values: Float64Array, scale: number): Float64Array {
  return scale === 1 ? values : values.map((value) => value / scale);
}

/** The number asked for, given the values, at most all. */
function wantedVectors(values: Float64Array, wanted: SymmetricEigenOptions["vectors"]): number {
  const count = typeof wanted === "function" ? wanted(values) : (wanted ?? values.length);
  return Math.max(0, Math.min(values.length, count));
}

/** Copies the lower triangle of `a` times the {@link suitableScale}, which it returns. */
function copyScaledLower(a: Matrix, destination: Float64Array): number {
  const n = a.rows;
  const scale = suitableScale(a);
  for (let i = 0; i < n; i++) {
    for (let j = i * n; j <= i * n + i; j++) destination[j] = scale * a.values[j];
  }
  return scale;
}

function descendingOrder(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((i, j) => values[j] - values[i]);
}
