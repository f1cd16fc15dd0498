import { KernelArena } from "../blockedEigen/kernelArena.ts";
import type { PartialEigenRefusal } from "../capabilities.ts";
import { matrix } from "../matrix.ts";
import { PartialEigenGoal } from "./partialEigenGoal.ts";
import {
  PartialSearch,
  randomRows,
  usualBlockRows,
  type PartialEigen,
  type PartialEigenOptions,
} from "./partialSearch.ts";
import type { SymmetricOperator } from "./symmetricOperator.ts";

/** The norm is an estimate only: a refusal at once must be clear. */
const refusalMargin = 1.25;

/**
 * The largest eigenvalues and vectors of a positive semidefinite operator A that is never formed, as
 * {@link partialSymmetricEigen} finds them for a matrix.
 *
 * The space begins with the image of random vectors x, whose mean square length also estimates
 * `|A|^2 = E |A x|^2` (Hutchinson 1990), on which the first refusal rests.
 * @param trace of A, exact: it certifies that nothing of weight is missing
 * @returns as {@link partialSymmetricEigen}; a refusal too where A is too large or small for squares
 */
export function partialOperatorEigen(
  operator: SymmetricOperator,
  trace: number,
  options: PartialEigenOptions,
): PartialEigen | PartialEigenRefusal {
  const n = operator.order;
  if (!(trace > 1e-60 && trace < 1e60)) return { refused: `its trace is ${trace}` };
  const { kernels } = options.products;
  const arena = new KernelArena(kernels);
  try {
    const { blockRows = usualBlockRows, seed = 1 } = options;
    const rows = Math.min(n, blockRows);
    const random = randomRows(rows, n, seed);
    const source = arena.doubles(rows * n);
    kernels.doubles(source, rows * n).set(random.values);
    const image = arena.doubles(rows * n);
    operator.apply(source, rows, image);
    operator.forget?.();
    const first = matrix(rows, n, kernels.doubles(image, rows * n).slice());
    arena.release(source);
    arena.release(image);
    let square = 0;
    for (const value of first.values) square += value * value;
    // Uniform entries in [-1, 1) have variance 1/3.
    const frobeniusNorm = Math.sqrt((3 * square) / rows);
    const goal = new PartialEigenGoal({ trace, frobeniusNorm, isEstimate: true }, options);
    if (goal.wantsTooManyOf(refusalMargin * n)) {
      return { refused: `about ${goal.leastCount} of ${n} eigenvectors are wanted` };
    }
    return new PartialSearch(arena, operator, first, goal, frobeniusNorm, options).run();
  } finally {
    arena.releaseAll();
  }
}
