import type { KernelArena } from "./kernelArena.ts";
import { SharingChoice } from "./sharingChoice.ts";

/** `A = Q T Q'`: T, and the reflectors of Q in the rows of the array that held A. */
export interface TridiagonalReduction {
  /** `[n]`, the diagonal of T. */
  readonly diagonal: Float64Array;
  /** `[n]`, entry i is `T[i, i-1]`; entry 0 is zero. */
  readonly offDiagonal: Float64Array;
  /** `[n]`, scales of the reflectors `H(i) = I - tau[i] v v'`, v in row i, `Q = H(n-1) ... H(1)`. */
  readonly tau: Float64Array;
}

/** Rows reduced before the rest of the matrix is updated: wide panels where products are long. */
function panelWidth(n: number): number {
  return n >= 1024 ? 32 : n >= 256 ? 24 : 16;
}

/**
 * Reduces a symmetric matrix to tridiagonal form in panels of rows (LAPACK `dsytrd`): half of the work is
 * one symmetric matrix-vector product per row, the other half a symmetric product per panel.
 * @param address `[n, n]` in the kernels' memory, lower triangle; overwritten by the reflectors
 */
export function reduceToTridiagonalBlocked(
  arena: KernelArena,
  address: number,
  n: number,
  checkpoint?: () => void,
): TridiagonalReduction {
  const { kernels } = arena;
  const width = Math.min(n, panelWidth(n));
  // The panel's v, its w, and the v once more: v beside w and w beside v are then both one factor.
  const panel = arena.doubles(3 * width * n);
  const results = arena.doubles(3 * n);
  const partials = arena.partials(n);
  const view = kernels.doubles(results, 3 * n).fill(0);
  kernels.finish();
  const previousSpin = kernels.setSpin("long");
  const choice = new SharingChoice(kernels.threads);
  try {
    for (let rows = n; rows > 1;) {
      const count = Math.min(width, rows - 1);
      const shared = choice.next();
      const started = performance.now();
      for (let done = 0; done < count; done++) {
        if (checkpoint !== undefined && done % 8 === 0) checkpoint();
        kernels.kernels.reduceRow(
          address,
          n,
          rows - 1 - done,
          panel,
          width,
          done,
          results,
          results + 8 * n,
          results + 16 * n,
          partials.address,
          partials.bytes,
          shared ? 1 : 0,
        );
      }
      choice.record(shared, count * rows * rows, performance.now() - started);
      rows -= count;
      updateRemaining(arena, address, n, rows, panel, width, count);
    }
  } finally {
    kernels.setSpin(previousSpin);
  }
  const [diagonal, offDiagonal, tau] = [0, 1, 2].map((i) => view.slice(i * n, (i + 1) * n));
  if (n > 0) diagonal[0] = kernels.doubles(address, 1)[0];
  for (const piece of [panel, results, partials.address]) arena.release(piece);
  return { diagonal, offDiagonal, tau };
}

/** `A -= V'W + W'V` on the leading `rows` rows, lower triangle. */
function updateRemaining(
  arena: KernelArena,
  address: number,
  n: number,
  rows: number,
  panel: number,
  width: number,
  count: number,
): void {
  const { kernels } = arena;
  const all = kernels.doubles(panel, 3 * width * n);
  // A last panel that is narrower leaves a gap between v and w.
  if (count < width) all.copyWithin(count * n, width * n, (width + count) * n);
  all.copyWithin(2 * count * n, 0, count * n);
  kernels.multiply({
    a: { address: panel, outer: 1, step: n },
    b: { address: panel + 8 * count * n, outer: 1, step: n },
    c: address,
    cRow: n,
    rows,
    columns: rows,
    depth: 2 * count,
    alpha: -1,
    lower: true,
  });
}
