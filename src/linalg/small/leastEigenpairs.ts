import { iterateInversely } from "./inverseIteration.ts";
import type { KernelMemory, KernelPiece } from "./kernelMemory.ts";
import { largestRowSum } from "./tridiagonal.ts";
import type { Workspace } from "./workspace.ts";

/** What is found of one matrix. */
export interface LeastEigenpairs {
  /** [count] ascending; until the next call. */
  readonly values: Float64Array;
  /** [count, n], unit vectors, one per row; until the next call. */
  readonly vectors: KernelPiece;
}

/** Names of memory for either matrix, put together once. */
const memoryOf = ["first", "second"].map((which) => ({
  diagonal: `least.diagonal.${which}`,
  couplings: `least.couplings.${which}`,
  tau: `least.tau.${which}`,
  values: `least.values.${which}`,
  vectors: `least.vectors.${which}`,
}));

/** Bisection looks for so many eigenvalues side by side. */
const together = 5;
/** Each halves intervals of twice the norm: the last ones are rounding. */
const halvings = 54;
/** A coupling has to have a square above zero. */
const leastSquare = 1e-290;

/**
 * The `count` smallest eigenvalues of each of two small symmetric matrices and their vectors, on the kernels: reduction
 * to tridiagonal form, bisection on Sturm sequences for both at once, inverse iteration (LAPACK dsyevx).
 * @param matrices [n, n] each, their lower triangles; destroyed. Entries must be finite and below about 1e140
 * @param count at most n
 * @throws EigenlensError "numerics" if a vector is not found
 */
export function leastEigenpairs(
  matrices: readonly [KernelPiece, KernelPiece],
  n: number,
  count: number,
  memory: KernelMemory,
  workspace: Workspace,
): [LeastEigenpairs, LeastEigenpairs] {
  const { kernels } = memory.kernels;
  const padded = Math.ceil(count / together) * together;
  const both = memory.piece("least.diagonals", 2 * n);
  const squares = memory.piece("least.squares", 2 * n);
  const lows = memory.piece("least.lows", 2 * padded);
  const highs = memory.piece("least.highs", 2 * padded);
  const work = memory.piece("least.work", 2 * n);
  const reduced = matrices.map((matrix, which) => {
    const diagonal = memory.piece(memoryOf[which].diagonal, n);
    const couplings = memory.piece(memoryOf[which].couplings, n);
    const tau = memory.piece(memoryOf[which].tau, n);
    kernels.reduceSmall(
      matrix.address,
      n,
      diagonal.address,
      couplings.address,
      tau.address,
      work.address,
    );
    for (let i = 0; i < n; i += 1) {
      const coupling = couplings.values[i];
      both.values[2 * i + which] = diagonal.values[i];
      squares.values[2 * i + which] = Math.max(leastSquare, coupling * coupling);
    }
    const norm = largestRowSum(diagonal.values, couplings.values, n);
    for (let c = 0; c < padded; c += 1) {
      lows.values[2 * c + which] = -norm;
      highs.values[2 * c + which] = norm;
    }
    return { diagonal, couplings, tau, norm };
  });
  kernels.bisectPairs(
    both.address,
    squares.address,
    n,
    padded,
    lows.address,
    highs.address,
    halvings,
  );
  const found = reduced.map(({ diagonal, couplings, tau, norm }, which) => {
    const values = workspace.buffer(memoryOf[which].values, count);
    for (let c = 0; c < count; c += 1) {
      values[c] = (lows.values[2 * c + which] + highs.values[2 * c + which]) / 2;
    }
    const vectors = memory.piece(memoryOf[which].vectors, count * n);
    iterateInversely(
      diagonal.values,
      couplings.values,
      n,
      norm,
      values,
      vectors.values,
      count,
      workspace.buffer("least.inverse", 5 * n),
    );
    kernels.applySmallReflectors(matrices[which].address, n, tau.address, vectors.address, count);
    return { values, vectors };
  });
  return [found[0], found[1]];
}
