import { BlockedCholesky } from "../blockedEigen/blockedTriangular.ts";
import { KernelArena } from "../blockedEigen/kernelArena.ts";
import { NotPositiveDefiniteError } from "../cholesky.ts";
import { tridiagonalQl } from "../tridiagonalQl.ts";
import { iterateInversely, startVector } from "./inverseIteration.ts";
import type { KernelMemory, KernelPiece } from "./kernelMemory.ts";
import { inner } from "./tiles.ts";
import type { Workspace } from "./workspace.ts";

/** `D w = m A w`, D being a diagonal matrix plus one of low rank, `diag(d) + F M F'`. */
export interface Pencil {
  /** k */
  readonly order: number;
  /** A, [k, k], its lower triangle, positive definite; destroyed. */
  readonly matrix: KernelPiece;
  /** d, [k] */
  readonly diagonal: KernelPiece;
  readonly rank: number;
  /** F, one column a row, [rank, k]. */
  readonly columns: KernelPiece;
  /** M, [rank, rank], symmetric. */
  readonly middle: KernelPiece;
}

/** Steps between looks at what has been found. */
const moreSteps = 8;
/** More than this, and the full solver is as fast. */
const mostSteps = 160;
/** Of the distance to the next eigenvalue: the angle that a vector may be off. */
const angleLimit = 1e-11;
/** Of the largest eigenvalue, where eigenvalues coincide. */
const rounding = 1e-15;
/** Of the first diagonal entry: a coupling below is none. */
const splitLimit = 1e-12;

/**
 * The `count` largest eigenvalues of a pencil and their vectors, by Lanczos iteration on `L^-1 D L'^-1`, `A = L L'`.
 * The start is fixed, so that the same pencil has the same digits whatever was solved before.
 * @param values receives [count], descending
 * @param vectors receives [count, k], of any length
 * @returns false if A is not positive definite or the iteration does not settle: ask a solver that always does
 */
export function topOfPencil(
  pencil: Pencil,
  count: number,
  values: Float64Array,
  vectors: KernelPiece,
  memory: KernelMemory,
  workspace: Workspace,
): boolean {
  const { kernels } = memory;
  const { order: k, rank } = pencil;
  const arena = new KernelArena(kernels);
  try {
    const cholesky = new BlockedCholesky(arena, pencil.matrix.address, k);
    const most = Math.min(k, mostSteps);
    const basis = memory.piece("pencil.basis", (most + 1) * k);
    const work = memory.piece("pencil.work", k + 2 * rank);
    const tridiagonal = memory.piece("pencil.tridiagonal", 2 * most);
    startVector(basis.values, 0, k);
    const scale = 1 / Math.sqrt(inner(basis.values, 0, basis.values, 0, k));
    for (let i = 0; i < k; i += 1) basis.values[i] *= scale;
    kernels.kernels.prepareLanczos(
      k,
      pencil.matrix.address,
      pencil.diagonal.address,
      rank,
      pencil.columns.address,
      pencil.middle.address,
      basis.address,
      work.address,
    );
    let steps = 0;
    let settled = false;
    while (!settled && steps < most) {
      const next = Math.min(
        most,
        steps === 0 ? Math.max(firstSteps(k), 2 * count) : steps + moreSteps,
      );
      kernels.kernels.extendLanczos(steps, next, tridiagonal.address);
      steps = next;
      settled = hasSettled(tridiagonal.values, steps, count, steps === k, values, workspace);
    }
    if (!settled || hasSplit(tridiagonal.values, steps)) return false;
    const ritz = memory.piece("pencil.ritz", count * steps);
    ritzVectors(tridiagonal.values, steps, count, values, ritz.values, workspace);
    kernels.multiply({
      a: { address: ritz.address, outer: steps, step: 1 },
      b: { address: basis.address, outer: 1, step: k },
      c: vectors.address,
      cRow: k,
      rows: count,
      columns: k,
      depth: steps,
      overwrite: true,
    });
    cholesky.solveRowsTransposed(vectors.address, count);
    return true;
  } catch (error) {
    if (error instanceof NotPositiveDefiniteError) return false;
    throw error;
  } finally {
    arena.releaseAll();
  }
}

/** Before so many steps a look at a pencil of this order is in vain, as a rule. */
function firstSteps(order: number): number {
  if (order < 128) return 30;
  return order < 384 ? 40 : 56;
}

/**
 * Whether the `count` largest eigenvalues of the tridiagonal matrix are those of the pencil: the residual of a vector
 * is the last coupling times its last entry.
 * @param isWhole whether the basis spans everything, so that nothing is left to find
 */
function hasSettled(
  tridiagonal: Float64Array,
  steps: number,
  count: number,
  isWhole: boolean,
  values: Float64Array,
  workspace: Workspace,
): boolean {
  const diagonal = workspace.buffer("pencil.diagonal", steps).subarray(0, steps);
  const couplings = workspace.buffer("pencil.couplings", steps).subarray(0, steps);
  const last = workspace.buffer("pencil.last", steps).subarray(0, steps).fill(0);
  takeApart(tridiagonal, steps, diagonal, couplings);
  last[steps - 1] = 1;
  tridiagonalQl(diagonal, couplings, steps, last, 1);
  const coupling = tridiagonal[2 * steps - 1];
  moveLargestForward(diagonal, last, count + 1);
  const limit = rounding * diagonal[0];
  for (let c = 0; c < count; c += 1) {
    const value = diagonal[c];
    values[c] = value;
    if (isWhole) continue;
    const above = c === 0 ? Infinity : diagonal[c - 1] - value;
    const gap = Math.min(above, value - diagonal[c + 1]);
    const residual = Math.abs(coupling * last[c]);
    if (!(residual <= Math.max(angleLimit * gap, limit))) return false;
  }
  return true;
}

/** Sorts the `count` largest values to the front, descending, and what belongs to them along. */
function moveLargestForward(values: Float64Array, along: Float64Array, count: number): void {
  for (let c = 0; c < Math.min(count, values.length); c += 1) {
    let place = c;
    for (let i = c + 1; i < values.length; i += 1) if (values[i] > values[place]) place = i;
    for (const own of [values, along]) {
      const value = own[c];
      own[c] = own[place];
      own[place] = value;
    }
  }
}

/** Whether the iteration ran into an invariant subspace: it then sees one copy of an eigenvalue, not its others. */
function hasSplit(tridiagonal: Float64Array, steps: number): boolean {
  for (let i = 0; i + 1 < steps; i += 1) {
    if (tridiagonal[2 * i + 1] <= splitLimit * Math.abs(tridiagonal[0])) return true;
  }
  return false;
}

function ritzVectors(
  tridiagonal: Float64Array,
  steps: number,
  count: number,
  values: Float64Array,
  vectors: Float64Array,
  workspace: Workspace,
): void {
  const diagonal = workspace.buffer("pencil.diagonal", steps);
  const couplings = workspace.buffer("pencil.couplings", steps);
  takeApart(tridiagonal, steps, diagonal, couplings);
  const work = workspace.buffer("pencil.inverse", 5 * steps);
  iterateInversely(diagonal, couplings, steps, values[0], values, vectors, count, work);
}

/** Diagonal, and couplings in which entry i couples i - 1 and i. */
function takeApart(
  tridiagonal: Float64Array,
  steps: number,
  diagonal: Float64Array,
  couplings: Float64Array,
): void {
  couplings[0] = 0;
  for (let i = 0; i < steps; i += 1) {
    diagonal[i] = tridiagonal[2 * i];
    if (i + 1 < steps) couplings[i + 1] = tridiagonal[2 * i + 1];
  }
}
