import { KernelArena } from "../blockedEigen/kernelArena.ts";
import type { HeldMatrix, PartialEigenRefusal } from "../capabilities.ts";
import { KernelMatrix } from "../engines/kernelMatrix.ts";
import { matrix, type Matrix } from "../matrix.ts";
import { suitableScale } from "../scaling.ts";
import { measureSpectrum, PartialEigenGoal } from "./partialEigenGoal.ts";
import {
  PartialSearch,
  randomRows,
  usualBlockRows,
  type PartialEigen,
  type PartialEigenOptions,
} from "./partialSearch.ts";
import type { SymmetricOperator } from "./symmetricOperator.ts";

/**
 * The largest eigenvalues of a symmetric matrix and their vectors by block Krylov iteration with full
 * reorthogonalisation and thick restart (Golub and Underwood 1977; Wu and Simon 2000). It needs products
 * with A only, and so is several times faster than a full decomposition where the spectrum decays.
 *
 * An eigenvalue repeated more often than a block has rows (32) may be found fewer
 * times than it occurs; where the space shows it by closing early, the answer is a refusal.
 * @param given A, `[n, n]`, both triangles; one in the kernels' memory is used where it stands
 * @returns values and vectors of the wanted pairs only, values descending; or why a full decomposition is
 *   better: a flat spectrum or too many wanted pairs (known at once), or slow convergence
 * @throws EigenlensError "numerics" if an entry is not finite
 * @throws RangeError if neither `count` nor `share` is given, or `a` is not square
 */
export function partialSymmetricEigen(
  given: Matrix | HeldMatrix,
  options: PartialEigenOptions,
): PartialEigen | PartialEigenRefusal {
  const a = "matrix" in given ? given.matrix : given;
  const n = a.rows;
  if (a.columns !== n) {
    throw new RangeError(`A symmetric matrix is square, not ${n} x ${a.columns}.`);
  }
  const scale = suitableScale(a);
  if (scale !== 1) {
    const scaled = matrix(
      n,
      n,
      a.values.map((value) => scale * value),
    );
    const found = partialSymmetricEigen(scaled, options);
    if ("refused" in found) return found;
    return { ...found, values: found.values.map((value) => value / scale) };
  }
  const spectrum = measureSpectrum(a);
  const goal = new PartialEigenGoal(spectrum, options);
  if (goal.wantsTooManyOf(n)) {
    return { refused: `at least ${goal.leastCount} of ${n} eigenvectors are wanted` };
  }
  const arena = new KernelArena(options.products.kernels);
  try {
    const operator = new DenseOperator(arena, given instanceof KernelMatrix ? given : a);
    const { blockRows = usualBlockRows, seed = 1 } = options;
    const first = randomRows(Math.min(n, blockRows), n, seed);
    return new PartialSearch(arena, operator, first, goal, spectrum.frobeniusNorm, options).run();
  } finally {
    arena.releaseAll();
  }
}

/** A matrix that is there. */
class DenseOperator implements SymmetricOperator {
  readonly order: number;
  readonly #arena: KernelArena;
  readonly #address: number;

  constructor(arena: KernelArena, a: Matrix | KernelMatrix) {
    this.#arena = arena;
    if (a instanceof KernelMatrix) {
      this.order = a.matrix.rows;
      this.#address = a.address;
      return;
    }
    this.order = a.rows;
    this.#address = arena.doubles(a.values.length);
    arena.kernels.doubles(this.#address, a.values.length).set(a.values);
  }

  apply(source: number, count: number, destination: number): void {
    const n = this.order;
    this.#arena.kernels.multiply({
      a: { address: source, outer: n, step: 1 },
      // A is symmetric, and along its rows the kernels need not pack it.
      b: { address: this.#address, outer: n, step: 1 },
      c: destination,
      cRow: n,
      rows: count,
      columns: n,
      depth: n,
      overwrite: true,
    });
  }
}
