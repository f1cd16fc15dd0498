import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { solveGeneral } from "../../../linalg/small/solveGeneral.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import type { ReducedRows } from "../reduceRows.ts";
import type { KeptSpan } from "./keptSpan.ts";

/**
 * What the sum of both covariances is in a {@link KeptSpan} by itself, `T = [I X]`:
 * `(n - 2) T C T' = diag(d_1) + F V' diag(d_2) V F' - b b'` with `b = T u`, and `T T' = I + F V'V F'`.
 */
export interface SpanSums {
  readonly span: KeptSpan;
  /** n, of both conditions together. */
  readonly count: number;
  /** r */
  readonly width: number;
  /** [r] */
  readonly sums: Float64Array;
  /** `V'V` and `V' diag(d_2) V`, [rank, rank]. */
  readonly restProducts: KernelPiece;
  readonly restMoments: KernelPiece;
}

/** @param u [r]; b becomes the last row of the span's columns */
export function spanSums(
  { sums, train }: ReducedRows,
  span: KeptSpan,
  u: Float64Array,
  memory: KernelMemory,
): SpanSums {
  const r = sums.length;
  const { components: k, rank, rest } = span;
  const scaled = memory.piece("span.scaledRest", rank * (r - k));
  for (let c = 0; c < rank; c += 1) {
    const start = c * (r - k);
    for (let l = 0; l < r - k; l += 1) {
      scaled.values[start + l] = rest.values[start + l] * sums[k + l];
    }
  }
  setUpdate(span, u, r);
  return {
    span,
    count: train.rows,
    width: r,
    sums,
    restProducts: productOfRows(rest, rest, rank, r - k, "span.restProducts", memory),
    restMoments: productOfRows(scaled, rest, rank, r - k, "span.restMoments", memory),
  };
}

/**
 * `D = 2 (1-g) T C T' + f T T'` as `diag(d) + F M F'` with the span's columns, b among them.
 * @param keep 1 - g; 0 leaves `f T T'`
 * @param floor f
 * @param diagonal receives d, [k]
 * @param middle receives M, [rank + 1, rank + 1]
 */
export function setSum(
  { span, count, sums, restProducts, restMoments }: SpanSums,
  keep: number,
  floor: number,
  diagonal: Float64Array,
  middle: Float64Array,
): void {
  const { components: k, rank } = span;
  const size = (2 * keep) / (count - 2);
  for (let i = 0; i < k; i += 1) diagonal[i] = size * sums[i] + floor;
  const width = rank + 1;
  middle.fill(0, 0, width * width);
  for (let i = 0; i < rank; i += 1) {
    for (let j = 0; j < rank; j += 1) {
      const at = i * rank + j;
      middle[i * width + j] = size * restMoments.values[at] + floor * restProducts.values[at];
    }
  }
  middle[width * width - 1] = -size;
}

/** Puts `rows T'` into the first k columns of the rows: `E_1 + (E_2 V) F'`. */
export function toSpan(
  rows: KernelPiece,
  { span, count: both, width: r }: SpanSums,
  memory: KernelMemory,
): void {
  const { components: k, rank, columns, rest } = span;
  const count = both / 2;
  const between = memory.piece("span.between", count * Math.max(1, rank));
  memory.kernels.multiply({
    a: { address: rows.address + 8 * k, outer: r, step: 1 },
    b: { address: rest.address, outer: r - k, step: 1 },
    c: between.address,
    cRow: rank,
    rows: count,
    columns: rank,
    depth: r - k,
    overwrite: true,
  });
  memory.kernels.multiply({
    a: { address: between.address, outer: rank, step: 1 },
    b: { address: columns.address, outer: 1, step: k },
    c: rows.address,
    cRow: r,
    rows: count,
    columns: k,
    depth: rank,
  });
}

/** The last row of the columns becomes `b = u_1 + F (V' u_2)`. */
function setUpdate(
  { components: k, rank, columns, rest }: KeptSpan,
  u: Float64Array,
  r: number,
): void {
  const start = rank * k;
  const values = columns.values;
  for (let i = 0; i < k; i += 1) values[start + i] = u[i];
  for (let c = 0; c < rank; c += 1) {
    let weight = 0;
    for (let l = 0; l < r - k; l += 1) weight += rest.values[c * (r - k) + l] * u[k + l];
    for (let i = 0; i < k; i += 1) values[start + i] += weight * values[c * k + i];
  }
}

/**
 * Mean eigenvalue of the target's covariance in an orthonormal basis of the span, `tr(N^-1 S) / k` with
 * `N = I + F K F'`, `K = V'V`, by Woodbury's formula: `tr(S) - tr((I + K F'F)^-1 K F'S F)`.
 * @param rows [n/2, r], whose first k columns are those of `rows T'`
 */
export function meanEigenvalue(
  rows: KernelPiece,
  { span, count: both, width: r, restProducts }: SpanSums,
  memory: KernelMemory,
  workspace: Workspace,
): number {
  const { components: k, rank, columns } = span;
  const count = both / 2;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    for (let at = i * r; at < i * r + k; at += 1) squares += rows.values[at] ** 2;
  }
  if (rank === 0) return squares / (count - 1) / k;
  const projected = memory.piece("span.projected", count * rank);
  memory.kernels.multiply({
    a: { address: columns.address, outer: k, step: 1 },
    b: { address: rows.address, outer: r, step: 1 },
    c: projected.address,
    cRow: count,
    rows: rank,
    columns: count,
    depth: k,
    overwrite: true,
  });
  const moments = productOfRows(projected, projected, rank, count, "span.moments", memory);
  const inners = productOfRows(columns, columns, rank, k, "span.inners", memory);
  const system = workspace.buffer("span.system", rank * rank);
  const right = workspace.buffer("span.right", rank * rank);
  multiplySquare(restProducts.values, inners.values, rank, system);
  for (let i = 0; i < rank; i += 1) system[i * rank + i] += 1;
  multiplySquare(restProducts.values, moments.values, rank, right);
  solveGeneral(system, rank, right, rank);
  let correction = 0;
  for (let i = 0; i < rank; i += 1) correction += right[i * rank + i];
  return (squares - correction) / (count - 1) / k;
}

/** `c = a b` of small squares. */
export function multiplySquare(a: Float64Array, b: Float64Array, n: number, c: Float64Array): void {
  c.fill(0, 0, n * n);
  for (let i = 0; i < n; i += 1) {
    for (let p = 0; p < n; p += 1) {
      const weight = a[i * n + p];
      for (let j = 0; j < n; j += 1) c[i * n + j] += weight * b[p * n + j];
    }
  }
}

/** `A B'` of two sets of rows, [count, count]. */
export function productOfRows(
  a: KernelPiece,
  b: KernelPiece,
  count: number,
  length: number,
  name: string,
  memory: KernelMemory,
): KernelPiece {
  const product = memory.piece(name, Math.max(1, count * count));
  memory.kernels.multiply({
    a: { address: a.address, outer: length, step: 1 },
    b: { address: b.address, outer: length, step: 1 },
    c: product.address,
    cRow: count,
    rows: count,
    columns: count,
    depth: length,
    overwrite: true,
  });
  return product;
}
