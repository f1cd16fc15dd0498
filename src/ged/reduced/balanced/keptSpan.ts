import {
  crossApproximation,
  type LowRankFactors,
} from "../../../linalg/small/crossApproximation.ts";
import { downdateRoots, type DowndateRoots } from "../../../linalg/small/downdateRoots.ts";
import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { cutScree } from "../../method/cut.ts";
import type { Keep } from "../../method/keep.ts";
import type { ReducedRows } from "../reduceRows.ts";

/**
 * The span of the k leading eigenvectors of `diag(d) - u u'`, as the rows of `[I X]`: the first k coordinates, and a
 * combination of the others for each of them. X is of low rank, `X = F V'`.
 */
export interface KeptSpan {
  /** k */
  readonly components: number;
  /** The k leading eigenvalues, summed. */
  readonly sum: number;
  readonly rank: number;
  /** F, one column a row, and one row more for the caller, [rank + 1, k]. */
  readonly columns: KernelPiece;
  /** V, one column a row, [rank, r - k]. */
  readonly rest: KernelPiece;
}

/** Of the pole before it: a gap this narrow at the cut leaves X too large to work with. */
const leastGap = 1e-9;
/** Roots that are found beyond the cut of the diagonal matrix, and again whenever they do not reach the share. */
const moreRoots = 4;

/** Low-rank factors by where the cut is; they do not depend on labels. */
const boundaries = new WeakMap<ReducedRows, Map<number, LowRankFactors>>();

/**
 * Where the scree of `diag(d) - u u'` is cut, and the span that is kept. `X_il = (p_i / u_i) (u_l / p_l) / (d_i - d_l)`
 * with `p_i = prod_j (d_i - l_j) / (d_i - d_j)`, j over the kept roots: both blocks of the matrix of eigenvectors are
 * Cauchy matrices, and the inverse of one times the other is one again (Golub 1973, Gu and Eisenstat 1994).
 * @param u [r]
 * @returns undefined if the cut keeps everything or lies between poles that all but coincide
 */
export function keptSpan(
  reduced: ReducedRows,
  u: Float64Array,
  keep: Keep,
  memory: KernelMemory,
  workspace: Workspace,
): KeptSpan | undefined {
  const { sums } = reduced;
  const r = sums.length;
  const roots = downdateRoots(sums, u, memory, workspace);
  const leading = findLeading(sums, roots, keep);
  if (leading === undefined) return undefined;
  const { components: k, sum } = leading;
  if (!(sums[k - 1] - sums[k] > leastGap * sums[k - 1])) return undefined;

  const products = memory.piece("span.products", r);
  memory.kernels.kernels.multiplyRoots(k, products.address);
  const { rank, left, right } = boundaryOf(reduced, k);
  const columns = memory.piece("span.columns", (rank + 1) * k);
  const rest = memory.piece("span.rest", rank * (r - k));
  const p = products.values;
  const w = roots.weights.values;
  const scale = workspace.buffer("span.scale", r);
  for (let i = 0; i < k; i += 1) scale[i] = p[i] / (w[i] * Math.sqrt(sums[i]));
  for (let l = k; l < r; l += 1) scale[l] = w[l] / (p[l] * Math.sqrt(sums[l]));
  for (let c = 0; c < rank; c += 1) {
    for (let i = 0; i < k; i += 1) columns.values[c * k + i] = scale[i] * left[c * k + i];
    const start = c * (r - k);
    for (let l = 0; l < r - k; l += 1) rest.values[start + l] = scale[k + l] * right[start + l];
  }
  return { components: k, sum, rank, columns, rest };
}

/** The leading eigenvalues as far as the cut needs them. */
function findLeading(
  sums: Float64Array,
  { trace, eigenvalues, find }: DowndateRoots,
  keep: Keep,
): { readonly components: number; readonly sum: number } | undefined {
  const r = sums.length;
  let known = 0;
  let wanted = cutScree(sums, trace, keep).components;
  for (;;) {
    wanted = Math.min(r, wanted + moreRoots);
    find(known, wanted);
    known = wanted;
    const { components } = cutScree(eigenvalues.subarray(0, known), trace, keep);
    // The last of the known may be there for want of more.
    if (components < known) {
      let sum = 0;
      for (let j = 0; j < components; j += 1) sum += eigenvalues[j];
      return { components, sum };
    }
    if (known === r) return undefined;
  }
}

/** Factors of `sqrt(d_i d_l) / (d_i - d_l)`, i before the cut and l behind it. */
function boundaryOf(reduced: ReducedRows, k: number): LowRankFactors {
  let known = boundaries.get(reduced);
  if (known === undefined) {
    known = new Map();
    boundaries.set(reduced, known);
  }
  let factors = known.get(k);
  if (factors === undefined) {
    const { sums } = reduced;
    const rest = sums.length - k;
    const values = new Float64Array(k * rest);
    for (let i = 0; i < k; i += 1) {
      for (let l = 0; l < rest; l += 1) {
        const other = sums[k + l];
        values[i * rest + l] = Math.sqrt(sums[i] * other) / (sums[i] - other);
      }
    }
    factors = crossApproximation(values, k, rest);
    known.set(k, factors);
  }
  return factors;
}
