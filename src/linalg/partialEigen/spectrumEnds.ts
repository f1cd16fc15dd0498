import { BlockedCholesky } from "../blockedEigen/blockedTriangular.ts";
import { KernelArena } from "../blockedEigen/kernelArena.ts";
import type { SpectrumEnds } from "../capabilities.ts";
import { NotPositiveDefiniteError } from "../cholesky.ts";
import type { KernelProducts } from "../engines/kernelProducts.ts";
import type { Matrix } from "../matrix.ts";
import { partialOperatorEigen } from "./partialOperatorEigen.ts";
import { partialSymmetricEigen } from "./partialSymmetricEigen.ts";
import type { SymmetricOperator } from "./symmetricOperator.ts";

/** Of vectors; the error of an eigenvalue goes with its square. */
const tolerance = 1e-7;
/** Narrower than for many vectors: one alone gains more from depth. */
const blockRows = 16;
/** Below this order a reduction of the whole matrix is as quick. */
const smallestOrder = 512;
/** Nearer to what rounding leaves of a zero, only the whole spectrum says whether an eigenvalue is one. */
const leastOfRounding = 1000;

/**
 * Both ends of a spectrum without what lies between: the largest eigenvalue by products with A, the smallest by those
 * with its inverse, of which a Cholesky factor is enough. Several times as quick as all eigenvalues.
 * @param a `[n, n]` symmetric
 * @returns undefined where all eigenvalues should be looked at: a small or large matrix, one that is not clearly
 *   positive definite, or ends that do not stand out
 * @throws EigenlensError "numerics" if an entry is not finite
 */
export function spectrumEnds(a: Matrix, products: KernelProducts): SpectrumEnds | undefined {
  const n = a.rows;
  const scale = meanOfDiagonal(a);
  if (n < smallestOrder || !(scale > 1e-60 && scale < 1e60)) return undefined;
  const wanted = { products, count: 1, tolerance, blockRows };
  const top = partialSymmetricEigen(a, wanted);
  if ("refused" in top) return undefined;
  const arena = new KernelArena(products.kernels);
  try {
    const inverse = new InverseOperator(arena, a);
    // A count of pairs needs no trace to be certified.
    const bottom = partialOperatorEigen(inverse, 1, wanted);
    if ("refused" in bottom) return undefined;
    const [largest, smallest] = [top.values[0], 1 / bottom.values[0]];
    const isClear = smallest > leastOfRounding * n * Number.EPSILON * largest;
    return isClear ? { largest, smallest } : undefined;
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return undefined;
    throw error;
  } finally {
    arena.releaseAll();
  }
}

/** The inverse of a positive definite matrix, by its Cholesky factor. */
class InverseOperator implements SymmetricOperator {
  readonly order: number;
  readonly #arena: KernelArena;
  readonly #cholesky: BlockedCholesky;

  /** @throws NotPositiveDefiniteError */
  constructor(arena: KernelArena, a: Matrix) {
    this.order = a.rows;
    this.#arena = arena;
    const factor = arena.doubles(a.values.length);
    arena.kernels.doubles(factor, a.values.length).set(a.values);
    this.#cholesky = new BlockedCholesky(arena, factor, a.rows);
  }

  apply(source: number, count: number, destination: number): void {
    const n = this.order;
    const { kernels } = this.#arena;
    const columns = this.#arena.doubles(count * n);
    turn(kernels.doubles(source, count * n), count, n, kernels.doubles(columns, count * n));
    this.#cholesky.solve(columns, count);
    turn(kernels.doubles(columns, count * n), n, count, kernels.doubles(destination, count * n));
    this.#cholesky.solveRowsTransposed(destination, count);
    this.#arena.release(columns);
  }
}

/** `[rows, columns]` to `[columns, rows]`. */
function turn(from: Float64Array, rows: number, columns: number, to: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) to[j * rows + i] = from[i * columns + j];
  }
}

function meanOfDiagonal({ rows: n, values }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i * (n + 1)];
  return sum / n;
}
