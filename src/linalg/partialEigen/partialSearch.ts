import type { KernelArena } from "../blockedEigen/kernelArena.ts";
import type { EigenDecomposition, PartialEigenRefusal, WantedPairs } from "../capabilities.ts";
import type { KernelProducts } from "../engines/kernelProducts.ts";
import { leadingRows, matrix, type Matrix } from "../matrix.ts";
import { symmetricEigen } from "../symmetricEigen.ts";
import { KrylovBasis } from "./krylovBasis.ts";
import { mostWantedShare, type PartialEigenGoal } from "./partialEigenGoal.ts";
import type { SymmetricOperator } from "./symmetricOperator.ts";

export interface PartialEigenOptions extends WantedPairs {
  readonly products: KernelProducts;
  /** Residual `|A v - l v|` relative to the largest eigenvalue; default 1e-12. */
  readonly tolerance?: number;
  /** Rows of a block; default {@link usualBlockRows}. */
  readonly blockRows?: number;
  /** Of the random start; the result does not depend on it beyond the tolerance. */
  readonly seed?: number;
}

export interface PartialEigen extends EigenDecomposition {
  /** Dimension of the space that was searched. */
  readonly subspace: number;
  /** Largest residual of the returned pairs, relative to the largest eigenvalue, as estimated. */
  readonly residual: number;
  /**
   * The vectors in all the basis vectors that the operator was applied to, in that order, `[count, subspace]`:
   * what the operator remembers of them it then knows of the vectors too. Undefined after a restart.
   */
  readonly coefficients?: Matrix;
}

/** A searched space beyond this share of the order costs as much as the full decomposition. */
const largestShareOfOrder = 1 / 2;
const mostRestarts = 8;
/** Rows of a block: fewer make products slow, more make the space shallow. */
export const usualBlockRows = 32;

/** Blocks after which eigenvalues that stand out from the rest have shown. */
const blocksUntilOutliers = 4;

/** One search for the leading eigenpairs of an operator. */
export class PartialSearch {
  readonly #arena: KernelArena;
  readonly #n: number;
  readonly #goal: PartialEigenGoal;
  readonly #options: PartialEigenOptions;
  readonly #basis: KrylovBasis;
  readonly #tolerance: number;
  /** Most dimensions of the space: beyond, a restart or a refusal. */
  readonly #capacity: number;
  readonly #block: number;
  readonly #size: number;
  #restarts = 0;
  #hasLookedForOutliers = false;
  /** What the last look at the residuals found. */
  #lastLook: { readonly dimension: number; readonly residual: number } | undefined;
  /** Dimensions at which to look again whether the goal is reached. */
  #nextCheck = 0;

  /**
   * @param first what the space begins with, `[count, n]`, up to the rows of a block
   * @param size the operator's norm or more, against which remainders count as nothing
   */
  constructor(
    arena: KernelArena,
    operator: SymmetricOperator,
    first: Matrix,
    goal: PartialEigenGoal,
    size: number,
    options: PartialEigenOptions,
  ) {
    const n = operator.order;
    this.#arena = arena;
    this.#n = n;
    this.#goal = goal;
    this.#size = size;
    this.#options = options;
    this.#tolerance = options.tolerance ?? 1e-12;
    this.#block = Math.min(n, options.blockRows ?? usualBlockRows);
    this.#capacity = Math.min(n, Math.max(4 * this.#block, Math.floor(n * largestShareOfOrder)));
    this.#basis = new KrylovBasis(arena, operator, this.#capacity, this.#block);
    this.#basis.append(first);
  }

  run(): PartialEigen | PartialEigenRefusal {
    const { checkpoint } = this.#options;
    const basis = this.#basis;
    for (;;) {
      checkpoint?.();
      const start = basis.expanded;
      const coupling = basis.expand(this.#size);
      if (this.#isFlatBesideOutliers(basis) || this.#isFlat(basis))
        return { refused: "the spectrum decays too slowly" };
      const mustDecide = !basis.hasNext || !basis.hasRoom;
      const mayDecide =
        basis.expanded >= this.#nextCheck && this.#goal.mayBeReached(basis.expanded, basis.ritzSum);
      if (!mustDecide && !mayDecide) continue;
      const decided = this.#decide(start, coupling, mustDecide);
      if (decided !== undefined) return decided;
    }
  }

  /**
   * Blocks to add before it is worth looking again, one to three: a look costs as much as a block. Residuals
   * fall ever faster, so the pace between the last two looks errs on the late side.
   */
  #blocksUntilCheck(residual: number): number {
    const before = this.#lastLook;
    const dimension = this.#basis.expanded;
    this.#lastLook = { dimension, residual };
    if (before === undefined || before.residual <= residual || residual <= this.#tolerance)
      return 3;
    const pace = Math.log(before.residual / residual) / (dimension - before.dimension);
    const missing = Math.log(residual / this.#tolerance) / pace;
    return Math.max(1, Math.min(3, Math.ceil(missing / this.#block)));
  }

  #isFlatBesideOutliers(basis: KrylovBasis): boolean {
    if (this.#hasLookedForOutliers || basis.expanded < blocksUntilOutliers * this.#block)
      return false;
    this.#hasLookedForOutliers = true;
    const { products } = this.#options;
    const findRitz = () => symmetricEigen(basis.projection(), { vectors: 0, products }).values;
    return this.#goal.wantsTooManyBeside(findRitz, this.#n);
  }

  /** A space of a quarter of the order that holds so little will not do with half of it. */
  #isFlat(basis: KrylovBasis): boolean {
    const isQuarter = basis.expanded >= this.#n / 4 && this.#restarts === 0;
    return isQuarter && this.#goal.shareReached(basis.ritzSum) < 0.9;
  }

  /** The result, a refusal, or undefined if the search should go on (restarted where it had to be). */
  #decide(
    start: number,
    coupling: Matrix,
    mustDecide: boolean,
  ): PartialEigen | PartialEigenRefusal | undefined {
    const { products, checkpoint } = this.#options;
    const basis = this.#basis;
    const projection = basis.projection();
    let count: number | undefined;
    const ritz = symmetricEigen(projection, {
      vectors: (values) => {
        count = this.#goal.countIn(values);
        if (count === undefined) return 0;
        // Those beyond the wanted ones are for a restart.
        return mustDecide ? count + this.#block : count;
      },
      products,
      checkpoint,
    });
    if (count !== undefined && count > this.#n * mostWantedShare) {
      return { refused: `about ${count} of ${this.#n} eigenvectors are wanted` };
    }
    if (count !== undefined) {
      const wanted = leadingRows(ritz.vectors, count);
      const residual = largestResidual(wanted, start, coupling) / (ritz.values[0] || 1);
      const isComplete = basis.hasNext || this.#goal.isComplete(basis.expanded, basis.ritzSum);
      if (residual <= this.#tolerance && isComplete)
        return this.#result(ritz.values, wanted, residual);
      this.#nextCheck = basis.expanded + this.#block * this.#blocksUntilCheck(residual);
    }
    if (!mustDecide) return undefined;
    if (!basis.hasNext) {
      return {
        refused: `the space closed at ${basis.expanded} dimensions: eigenvalues are repeated`,
      };
    }
    if (count === undefined || 2 * count > this.#capacity || this.#restarts === mostRestarts) {
      return {
        refused: `${basis.expanded} of ${this.#n} dimensions were searched without convergence`,
      };
    }
    this.#restarts++;
    basis.restart(ritz.values, ritz.vectors);
    this.#nextCheck = 0;
    this.#lastLook = undefined;
    return undefined;
  }

  #result(values: Float64Array, coefficients: Matrix, residual: number): PartialEigen {
    const count = coefficients.rows;
    const n = this.#n;
    const address = this.#basis.combine(coefficients);
    const { kernels } = this.#arena;
    return {
      values: values.slice(0, count),
      vectors: matrix(count, n, kernels.doubles(address, count * n).slice()),
      subspace: this.#basis.expanded,
      residual,
      ...(this.#restarts === 0 ? { coefficients } : {}),
    };
  }
}

/** Largest `|s C|` over the Ritz vectors, s their coefficients from `start` on. */
function largestResidual(vectors: Matrix, start: number, coupling: Matrix): number {
  let largest = 0;
  const { rows, columns } = coupling;
  for (let i = 0; i < vectors.rows; i++) {
    let square = 0;
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let p = 0; p < rows; p++) {
        sum += vectors.values[i * vectors.columns + start + p] * coupling.values[p * columns + j];
      }
      square += sum * sum;
    }
    largest = Math.max(largest, Math.sqrt(square));
  }
  return largest;
}

/** `[rows, n]`, uniform in [-1, 1), from a seed (mulberry32). */
export function randomRows(rows: number, n: number, seed: number): Matrix {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2147483648 - 1;
  };
  return matrix(rows, n, Float64Array.from({ length: rows * n }, next));
}
