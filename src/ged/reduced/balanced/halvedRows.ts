import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { referenceLabel, targetLabel } from "../labelledRows.ts";
import type { ReducedRows } from "../reduceRows.ts";

/** Both conditions' rows, n/2 each, in the r coordinates in which `(n - 2) C = diag(sums) - u u'`. */
export interface HalvedRows {
  /** [n, r], the target's rows, then the reference's, each about the mean of its condition. */
  readonly rows: KernelPiece;
  /** n */
  readonly count: number;
  /** [r], squares of all rows along each coordinate. */
  readonly sums: Float64Array;
  /** u, [r]: `sqrt(n)` times the target's mean, both conditions' together being the origin. */
  readonly update: Float64Array;
  /** Of both conditions' covariances. */
  readonly traces: { readonly target: number; readonly reference: number };
}

/**
 * The rows of both conditions about their means, the target's first.
 * @param labels [n], halved
 * @param rows receives [n, r]
 * @returns the target's mean, [r]
 */
export function gatherHalves(
  { train }: ReducedRows,
  labels: Uint8Array,
  rows: KernelPiece,
  memory: KernelMemory,
): KernelPiece {
  const { rows: n, columns: r } = train;
  const { kernels } = memory.kernels;
  // Copied whole and taken apart there: row by row from here takes four times as long.
  const all = memory.piece("few.train", n * r);
  all.values.set(train.values);
  const marks = memory.piece("few.labels", Math.ceil(n / 8));
  memory.kernels.bytes(marks.address, n).set(labels);
  const means = memory.piece("few.means", r);
  const gather = (label: number, start: number): void =>
    kernels.gatherRows(
      all.address,
      n,
      r,
      marks.address,
      label,
      means.address,
      rows.address + 8 * start * r,
    );
  gather(referenceLabel, n / 2);
  gather(targetLabel, 0);
  return means;
}
