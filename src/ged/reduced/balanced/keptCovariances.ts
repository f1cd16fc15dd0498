import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import { solveGeneral } from "../../../linalg/small/solveGeneral.ts";
import type { Pencil } from "../../../linalg/small/topOfPencil.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import type { ReducedRows } from "../reduceRows.ts";
import type { KeptSpan } from "./keptSpan.ts";

/** Both conditions in a {@link KeptSpan}, as far as a direction asks for them. */
export interface KeptCovariances {
  /**
   * `((1-g) R + g a N) w = A w` against `(1-g) S w + A w = D w`, N being the inner products of `[I X]`: D is a
   * diagonal matrix plus one of low rank whatever the labels, and `D w = m A w` has the vectors of `S w = l A w`,
   * `m = 1 + (1-g) l`. S and R change places if the reference is carried.
   */
  pencil(carries: "target" | "reference", shrinkage: number): Pencil;
}

/**
 * The target's covariance in the kept span, [k, k], from one product of its rows, and what the sum of both is by
 * itself: `T C T' = (diag(d_1) + F V' diag(d_2) V F' - b b') / (n - 2)`, `b = T u`, `T = [I X]`.
 * @param rows [n/2, r], the target's, centred; their first k columns become those of `rows T'`
 */
export function keptCovariances(
  reduced: ReducedRows,
  span: KeptSpan,
  rows: KernelPiece,
  u: Float64Array,
  memory: KernelMemory,
  workspace: Workspace,
): KeptCovariances {
  const { sums } = reduced;
  const n = reduced.train.rows;
  const half = n / 2;
  const r = sums.length;
  const { components: k, rank, columns, rest } = span;
  const { kernels } = memory;
  toSpan(rows, half, r, span, memory);
  const covariance = memory.piece("kept.covariance", k * k);
  kernels.multiply({
    a: { address: rows.address, outer: 1, step: r },
    b: { address: rows.address, outer: 1, step: r },
    c: covariance.address,
    cRow: k,
    rows: k,
    columns: k,
    depth: half,
    lower: true,
    overwrite: true,
    alpha: 1 / (half - 1),
  });
  const scaled = memory.piece("kept.scaled", rank * (r - k));
  for (let c = 0; c < rank; c += 1) {
    const start = c * (r - k);
    for (let l = 0; l < r - k; l += 1) {
      scaled.values[start + l] = rest.values[start + l] * sums[k + l];
    }
  }
  const restProducts = productOfRows(rest, rest, rank, r - k, "kept.restProducts", memory);
  const restMoments = productOfRows(scaled, rest, rank, r - k, "kept.restMoments", memory);
  setUpdate(span, u, r);

  const trace = traceOf(rows, covariance, restProducts, span, half, r, memory, workspace);
  const targetAlpha = trace / k;
  const referenceAlpha = (2 * span.sum) / (n - 2) / k - targetAlpha;

  return {
    pencil: (carries, shrinkage) => {
      const keep = 1 - shrinkage;
      const floor = shrinkage * (carries === "target" ? referenceAlpha : targetAlpha);
      const size = (2 * keep) / (n - 2);
      const diagonal = memory.piece("kept.diagonal", k);
      for (let i = 0; i < k; i += 1) diagonal.values[i] = size * sums[i] + floor;
      const width = rank + 1;
      const middle = memory.piece("kept.middle", width * width);
      const silenced = memory.piece("kept.silenced", k * k);
      const fill = (ofMoments: number): void => {
        middle.values.fill(0, 0, width * width);
        for (let i = 0; i < rank; i += 1) {
          for (let j = 0; j < rank; j += 1) {
            const at = i * rank + j;
            middle.values[i * width + j] =
              ofMoments * restMoments.values[at] + floor * restProducts.values[at];
          }
        }
        middle.values[width * width - 1] = -ofMoments;
      };
      // If the target is silenced, its own rows say it better than a difference.
      const isDifference = carries === "target";
      fill(isDifference ? size : 0);
      const sign = isDifference ? -keep : keep;
      for (let i = 0; i < k; i += 1) {
        for (let at = i * k; at <= i * k + i; at += 1) {
          silenced.values[at] = sign * covariance.values[at];
        }
        silenced.values[i * k + i] += isDifference ? diagonal.values[i] : floor;
      }
      addLowRank(silenced, columns, middle, width, k, memory);
      fill(size);
      return { order: k, matrix: silenced, diagonal, rank: width, columns, middle };
    },
  };
}

/** Puts `rows T'` into the first k columns of the rows: `E_1 + (E_2 V) F'`. */
function toSpan(
  rows: KernelPiece,
  count: number,
  r: number,
  { components: k, rank, columns, rest }: KeptSpan,
  memory: KernelMemory,
): void {
  const between = memory.piece("kept.between", count * Math.max(1, rank));
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
 * Trace of the target's covariance in an orthonormal basis of the span, `tr(N^-1 S)` with `N = I + F K F'`,
 * `K = V'V`, by Woodbury's formula: `tr(S) - tr((I + K F'F)^-1 K F'S F)`.
 */
function traceOf(
  rows: KernelPiece,
  covariance: KernelPiece,
  restProducts: KernelPiece,
  { components: k, rank, columns }: KeptSpan,
  count: number,
  r: number,
  memory: KernelMemory,
  workspace: Workspace,
): number {
  let trace = 0;
  for (let i = 0; i < k; i += 1) trace += covariance.values[i * k + i];
  if (rank === 0) return trace;
  const projected = memory.piece("kept.projected", count * rank);
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
  const moments = productOfRows(projected, projected, rank, count, "kept.moments", memory);
  const inners = productOfRows(columns, columns, rank, k, "kept.inners", memory);
  const system = workspace.buffer("kept.system", rank * rank);
  const right = workspace.buffer("kept.right", rank * rank);
  multiplySquare(restProducts.values, inners.values, rank, system);
  for (let i = 0; i < rank; i += 1) system[i * rank + i] += 1;
  multiplySquare(restProducts.values, moments.values, rank, right);
  solveGeneral(system, rank, right, rank);
  let correction = 0;
  for (let i = 0; i < rank; i += 1) correction += right[i * rank + i];
  return trace - correction / (count - 1);
}

/** `c = a b` of small squares. */
function multiplySquare(a: Float64Array, b: Float64Array, n: number, c: Float64Array): void {
  c.fill(0, 0, n * n);
  for (let i = 0; i < n; i += 1) {
    for (let p = 0; p < n; p += 1) {
      const weight = a[i * n + p];
      for (let j = 0; j < n; j += 1) c[i * n + j] += weight * b[p * n + j];
    }
  }
}

/** `A B'` of two sets of rows, [count, count]. */
function productOfRows(
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
  const weighted = memory.piece("kept.weighted", rank * k);
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
