import type { KernelEngine } from "../kernels/kernelEngine.ts";
import { matrix, type Matrix } from "../matrix.ts";
import { tridiagonalQl } from "../tridiagonalQl.ts";
import { applyReflectorsBlocked } from "./backTransformation.ts";
import { divideAndConquer } from "./divideAndConquer.ts";
import { KernelArena } from "./kernelArena.ts";
import { reduceToTridiagonalBlocked } from "./tridiagonalReduction.ts";

/**
 * All eigenvalues and the leading eigenvectors of a symmetric matrix on the kernels (LAPACK `dsyevd`):
 * blocked reduction to tridiagonal form, QL for values alone, divide and conquer for vectors, blocked
 * back-transformation of the wanted ones.
 * @param copyLower writes the lower triangle, entries below about 1e140, into `[n, n]`
 * @returns values descending; vectors `[count, n]` in ordinary memory
 */
export function blockedEigen(
  kernels: KernelEngine,
  copyLower: (destination: Float64Array) => void,
  n: number,
  count: number,
  checkpoint?: () => void,
): { values: Float64Array; vectors: Matrix } {
  const arena = new KernelArena(kernels);
  try {
    const reflectors = arena.doubles(n * n);
    copyLower(kernels.doubles(reflectors, n * n));
    const reduced = reduceToTridiagonalBlocked(arena, reflectors, n, checkpoint);
    const { diagonal, offDiagonal, tau } = reduced;
    if (count === 0) {
      tridiagonalQl(diagonal, offDiagonal, n, undefined, n, checkpoint);
      return { values: diagonal.sort().reverse(), vectors: matrix(0, n) };
    }
    const { values, vectors } = divideAndConquer(arena, diagonal, offDiagonal, count, checkpoint);
    applyReflectorsBlocked(arena, reflectors, n, tau, vectors, count, checkpoint);
    return {
      values,
      vectors: matrix(count, n, kernels.doubles(vectors, count * n).slice()),
    };
  } finally {
    arena.releaseAll();
  }
}
