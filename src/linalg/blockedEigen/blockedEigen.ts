import type { EigenDecomposition, WantedVectors } from "../capabilities.ts";
import type { KernelEngine } from "../kernels/kernelEngine.ts";
import { matrix, type Matrix } from "../matrix.ts";
import { tridiagonalQl } from "../tridiagonalQl.ts";
import { applyReflectorsBlocked } from "./backTransformation.ts";
import { BlockedCholesky } from "./blockedTriangular.ts";
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
  wanted: WantedVectors,
  checkpoint?: () => void,
): EigenDecomposition {
  const arena = new KernelArena(kernels);
  try {
    const address = arena.doubles(n * n);
    copyLower(kernels.doubles(address, n * n));
    return copyOut(arena, n, decompose(arena, address, n, wanted, checkpoint));
  } finally {
    arena.releaseAll();
  }
}

/**
 * `S w = l R w` on the kernels (LAPACK `dsygvd`, itype 1).
 * @param s `[n, n]`, both triangles
 * @param r `[n, n]` positive definite
 * @returns values descending; vectors `[count, n]` as rows, `w'Rw = 1`
 * @throws NotPositiveDefiniteError naming the pivot of R
 */
export function blockedDefiniteEigen(
  kernels: KernelEngine,
  s: Matrix,
  r: Matrix,
  wanted: WantedVectors,
  checkpoint?: () => void,
): EigenDecomposition {
  const n = s.rows;
  const arena = new KernelArena(kernels);
  try {
    const factor = arena.doubles(n * n);
    kernels.doubles(factor, n * n).set(r.values);
    const cholesky = new BlockedCholesky(arena, factor, n);
    checkpoint?.();
    const standard = arena.doubles(n * n);
    kernels.doubles(standard, n * n).set(s.values);
    // L^-1 S, transposed S L^-T, and once more: L^-1 S L^-T.
    cholesky.solve(standard, n);
    transposeInPlace(kernels.doubles(standard, n * n), n);
    cholesky.solve(standard, n);
    checkpoint?.();
    const found = decompose(arena, standard, n, wanted, checkpoint);
    if (found.count > 0) cholesky.solveRowsTransposed(found.vectors, found.count);
    return copyOut(arena, n, found);
  } finally {
    arena.releaseAll();
  }
}

interface Decomposed {
  readonly values: Float64Array;
  readonly count: number;
  /** Address of `[count, n]`. */
  readonly vectors: number;
}

/** @param address `[n, n]`, lower triangle; destroyed */
function decompose(
  arena: KernelArena,
  address: number,
  n: number,
  wanted: WantedVectors,
  checkpoint: (() => void) | undefined,
): Decomposed {
  const reduced = reduceToTridiagonalBlocked(arena, address, n, checkpoint);
  const { diagonal, offDiagonal, tau } = reduced;
  let count = typeof wanted === "number" ? wanted : n;
  if (wanted === 0 || typeof wanted === "function") {
    const values = diagonal.slice();
    tridiagonalQl(values, offDiagonal.slice(), n, undefined, n, checkpoint);
    values.sort().reverse();
    if (typeof wanted === "function") count = wanted(values);
    if (count === 0) return { values, count, vectors: address };
  }
  const found = divideAndConquer(arena, diagonal, offDiagonal, count, checkpoint);
  applyReflectorsBlocked(arena, address, n, tau, found.vectors, count, checkpoint);
  return { ...found, count };
}

function copyOut(
  arena: KernelArena,
  n: number,
  { values, count, vectors }: Decomposed,
): EigenDecomposition {
  return {
    values,
    vectors: matrix(count, n, arena.kernels.doubles(vectors, count * n).slice()),
  };
}

function transposeInPlace(values: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const lower = values[i * n + j];
      values[i * n + j] = values[j * n + i];
      values[j * n + i] = lower;
    }
  }
}
