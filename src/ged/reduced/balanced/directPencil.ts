import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import type { Pencil } from "../../../linalg/small/topOfPencil.ts";
import type { Shrinking } from "../../method/shrinkage/shrink.ts";
import { setSum, type SpanSums } from "./spanSums.ts";

/**
 * The target's covariance in the kept span, [k, k], its lower triangle.
 * @param rows [n/2, r], centred, whose first k columns are those of `rows T'`
 */
export function targetCovariance(
  rows: KernelPiece,
  { span, count, width: r }: SpanSums,
  memory: KernelMemory,
): KernelPiece {
  const k = span.components;
  const covariance = memory.piece("direct.covariance", k * k);
  memory.kernels.multiply({
    a: { address: rows.address, outer: 1, step: r },
    b: { address: rows.address, outer: 1, step: r },
    c: covariance.address,
    cRow: k,
    rows: k,
    columns: k,
    depth: count / 2,
    lower: true,
    overwrite: true,
    alpha: 1 / (count / 2 - 1),
  });
  return covariance;
}

/**
 * `S w = l A w`, `A = (1-g) R + f T T'`, as `D w = m A w`: `D = (1-g) S + A` is a diagonal matrix plus one of low rank
 * whatever the labels, the vectors are the same, and `m = 1 + (1-g) l`. S and R change places if the reference is
 * carried.
 * @param covariance S, as {@link targetCovariance} gives it; `R = 2 C - S`
 * @param by `1 - g` and f, `g a`
 */
export function directPencil(
  sums: SpanSums,
  covariance: KernelPiece,
  carries: "target" | "reference",
  { keep, floor }: Shrinking,
  memory: KernelMemory,
): Pencil {
  const { components: k, rank, columns } = sums.span;
  const width = rank + 1;
  const diagonal = memory.piece("direct.diagonal", k);
  const middle = memory.piece("direct.middle", width * width);
  const silenced = memory.piece("direct.silenced", k * k);
  // If the target is silenced, its own rows say it better than a difference.
  const isDifference = carries === "target";
  setSum(sums, isDifference ? keep : 0, floor, diagonal.values, middle.values);
  const sign = isDifference ? -keep : keep;
  for (let i = 0; i < k; i += 1) {
    for (let at = i * k; at <= i * k + i; at += 1) {
      silenced.values[at] = sign * covariance.values[at];
    }
    silenced.values[i * k + i] += diagonal.values[i];
  }
  addLowRank(silenced, columns, middle, width, k, memory);
  setSum(sums, keep, floor, diagonal.values, middle.values);
  return { order: k, matrix: silenced, diagonal, rank: width, columns, middle };
}

/** `sum += F M F'`, lower triangle. */
function addLowRank(
  sum: KernelPiece,
  columns: KernelPiece,
  middle: KernelPiece,
  rank: number,
  k: number,
  memory: KernelMemory,
): void {
  const { kernels } = memory;
  const weighted = memory.piece("direct.weighted", rank * k);
  kernels.multiply({
    a: { address: middle.address, outer: rank, step: 1 },
    b: { address: columns.address, outer: 1, step: k },
    c: weighted.address,
    cRow: k,
    rows: rank,
    columns: k,
    depth: rank,
    overwrite: true,
  });
  kernels.multiply({
    a: { address: weighted.address, outer: 1, step: k },
    b: { address: columns.address, outer: 1, step: k },
    c: sum.address,
    cRow: k,
    rows: k,
    columns: k,
    depth: rank,
    lower: true,
  });
}
