import { EigenlensError } from "../../errors.ts";
import { applyReflectorsToRows, reduceToTridiagonal } from "../householder.ts";
import { matrix } from "../matrix.ts";
import { symmetricEigen } from "../symmetricEigen.ts";
import type { Workspace } from "./workspace.ts";
import { iterateInversely } from "./inverseIteration.ts";
import { largestEigenvalues, largestRowSum } from "./tridiagonal.ts";

/** From this order on the engine's blocked reduction is faster, though it finds all eigenvalues. */
const smallestForEngine = 75;

/**
 * The `count` largest eigenvalues and their eigenvectors of a symmetric matrix: Householder reduction,
 * bisection on Sturm sequences, inverse iteration kept orthogonal (EISPACK `tred1`, `bisect`, `tinvit`,
 * `trbak1`; LAPACK dsyevx). Bisection counts eigenvalues, so it cannot take a lower one for the largest.
 * @param a `[n, n]`, lower triangle; destroyed. Scaled by its diagonal, so that nothing overflows when squared
 * @param count at most n
 * @param values receives [count], descending
 * @param vectors receives [count, n], unit vectors, one per row
 * @throws EigenlensError "numerics" if an entry is not finite or a vector is not found
 */
export function topEigenpairs(
  a: Float64Array,
  n: number,
  count: number,
  values: Float64Array,
  vectors: Float64Array,
  workspace: Workspace,
): void {
  if (workspace.products !== undefined && n >= smallestForEngine) {
    const found = symmetricEigen(matrix(n, n, a.subarray(0, n * n)), {
      vectors: count,
      products: workspace.products,
    });
    values.set(found.values.subarray(0, count));
    vectors.set(found.vectors.values);
    return;
  }
  const diagonal = workspace.buffer("top.diagonal", n);
  const offDiagonal = workspace.buffer("top.offDiagonal", n);
  const tau = workspace.buffer("top.tau", n);
  const work = workspace.buffer("top.work", 5 * n);
  reduceToTridiagonal(a, n, diagonal, offDiagonal, tau, work);
  const norm = largestRowSum(diagonal, offDiagonal, n);
  if (!(norm < Infinity)) {
    throw new EigenlensError(
      "numerics",
      `A symmetric ${n} x ${n} matrix of the validation holds values that are not finite: check the data for extreme values.`,
    );
  }
  if (norm === 0) values.fill(0, 0, count);
  else largestEigenvalues(diagonal, offDiagonal, n, count, norm, values);
  iterateInversely(diagonal, offDiagonal, n, norm, values, vectors, count, work);
  applyReflectorsToRows(a, n, tau, vectors, count);
}
