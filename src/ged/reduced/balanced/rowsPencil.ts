import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { ofDirections, type DirectionName } from "../../method/directions.ts";
import type { Shrinking } from "../../method/shrinkage/shrink.ts";
import type { DiscardedSpan } from "./discardedSpan.ts";
import type { HalvedRows } from "./halvedRows.ts";
import { unitRows } from "./unitRows.ts";

/** The problem of one direction in the rows of the condition that it carries, and the way back from them. */
export interface RowsPencil {
  /** `I - (1-g) Y D^-1 Y' / (n/2 - 1)`, [n/2, n/2], its lower triangle. */
  readonly matrix: KernelPiece;
  /** `D^-1 Y'z` for `count` vectors z, [count, n/2]: unit directions, [count, r], one per row. */
  directions(vectors: KernelPiece, count: number): Float64Array;
}

/** Names of memory, put together once: there are hundreds of thousands of fits. */
const memoryOf = ofDirections((direction) => ({
  discardedRoots: `rows.discardedRoots.${direction}`,
  matrix: `rows.matrix.${direction}`,
  roots: `rows.roots.${direction}`,
  scaled: `rows.scaled.${direction}`,
  scores: `rows.scores.${direction}`,
  updates: `rows.updates.${direction}`,
}));

/** Of 1: if less is left of the variance along u, the subtraction has lost too many digits. */
const leastRemainder = 1e-4;

/**
 * One direction of separation as a problem of its rows Y. In all r dimensions `D = (1-g) (S + R) + g a I` is a diagonal
 * matrix less one of rank one, inverted by the formula of Sherman and Morrison, `D^-1 = E + c E u u' E`. The kept span is
 * left by taking off what the discarded eigenvectors, which are fewer, have of it. Neither term is larger than the number
 * of its dimensions, so that no digits are lost by the difference.
 * @param carried addresses of the carried condition's rows Y, [n/2, r], and of their scores on what is discarded,
 *   [n/2, r - k]
 * @param by `1 - g` and `g a`
 * @param direction whose memory is used
 * @returns undefined if u takes nearly all of some variance
 */
export function rowsPencil(
  { count: n, sums, update }: HalvedRows,
  { components: k, eigenvalues, vectors: discardedVectors }: DiscardedSpan,
  carried: { readonly rows: number; readonly scores: number },
  { keep, floor }: Shrinking,
  direction: DirectionName,
  memory: KernelMemory,
): RowsPencil | undefined {
  const { kernels } = memory;
  const names = memoryOf[direction];
  const half = n / 2;
  const r = sums.length;
  const discarded = r - k;
  const size = (2 * keep) / (n - 2);
  // Both factors of a product take the root of E.
  const roots = memory.piece(names.roots, r);
  const updates = memory.piece(names.updates, r);
  const rootOf = roots.values;
  const updateOf = updates.values;
  let taken = 0;
  for (let j = 0; j < r; j += 1) {
    const root = 1 / Math.sqrt(size * sums[j] + floor);
    const scaledUpdate = root * update[j];
    rootOf[j] = root;
    updateOf[j] = scaledUpdate;
    taken += scaledUpdate * scaledUpdate;
  }
  const remainder = 1 - size * taken;
  if (!(remainder > leastRemainder)) return undefined;
  const weight = Math.sqrt(size / remainder);
  const discardedRoots = memory.piece(names.discardedRoots, Math.max(1, discarded));
  const discardedRootOf = discardedRoots.values;
  for (let j = 0; j < discarded; j += 1) {
    discardedRootOf[j] = 1 / Math.sqrt(size * eigenvalues[k + j] + floor);
  }
  // Y E^1/2, and as one column more what the update adds.
  const scaled = memory.piece(names.scaled, half * (r + 1));
  const scores = memory.piece(names.scores, half * (discarded + 1));
  kernels.kernels.scaleRows(
    carried.rows,
    half,
    r,
    roots.address,
    updates.address,
    weight,
    scaled.address,
  );
  kernels.kernels.scaleRows(
    carried.scores,
    half,
    discarded,
    discardedRoots.address,
    // Nothing is added to what is discarded: its column more is zero.
    discardedRoots.address,
    0,
    scores.address,
  );
  const matrix = memory.piece(names.matrix, half * half);
  const share = keep / (half - 1);
  const rows = { address: scaled.address, outer: r + 1, step: 1 };
  kernels.multiply({
    a: rows,
    b: rows,
    c: matrix.address,
    cRow: half,
    rows: half,
    columns: half,
    depth: r + 1,
    alpha: -share,
    overwrite: true,
    lower: true,
  });
  const rest = { address: scores.address, outer: discarded + 1, step: 1 };
  kernels.multiply({
    a: rest,
    b: rest,
    c: matrix.address,
    cRow: half,
    rows: half,
    columns: half,
    depth: discarded,
    alpha: share,
    overwrite: false,
    lower: true,
  });
  for (let i = 0; i < half; i += 1) matrix.values[i * half + i] += 1;

  const directions = (vectors: KernelPiece, count: number): Float64Array => {
    const sumsOf = memory.piece("rows.sums", count * (r + 1));
    const restOf = memory.piece("rows.rest", Math.max(1, count * discarded));
    const own = memory.piece("rows.directions", count * r);
    const left = { address: vectors.address, outer: half, step: 1 };
    kernels.multiply({
      a: left,
      b: { address: scaled.address, outer: 1, step: r + 1 },
      c: sumsOf.address,
      cRow: r + 1,
      rows: count,
      columns: r + 1,
      depth: half,
      alpha: 1,
      overwrite: true,
      lower: false,
    });
    kernels.multiply({
      a: left,
      b: { address: scores.address, outer: 1, step: discarded + 1 },
      c: restOf.address,
      cRow: discarded,
      rows: count,
      columns: discarded,
      depth: half,
      alpha: 1,
      overwrite: true,
      lower: false,
    });
    const sumOf = sumsOf.values;
    const ownOf = own.values;
    for (let c = 0; c < count; c += 1) {
      const from = c * (r + 1);
      const to = c * r;
      const along = weight * sumOf[from + r];
      for (let j = 0; j < r; j += 1) {
        ownOf[to + j] = rootOf[j] * (sumOf[from + j] + along * updateOf[j]);
      }
      for (let l = 0; l < discarded; l += 1) {
        restOf.values[c * discarded + l] *= discardedRootOf[l];
      }
    }
    kernels.multiply({
      a: { address: restOf.address, outer: discarded, step: 1 },
      b: { address: discardedVectors.address, outer: 1, step: r },
      c: own.address,
      cRow: r,
      rows: count,
      columns: r,
      depth: discarded,
      alpha: -1,
      overwrite: false,
      lower: false,
    });
    return unitRows(ownOf, count, r);
  };
  return { matrix, directions };
}
