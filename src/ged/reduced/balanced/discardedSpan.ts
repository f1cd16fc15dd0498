import { downdateRoots } from "../../../linalg/small/downdateRoots.ts";
import type { KernelMemory, KernelPiece } from "../../../linalg/small/kernelMemory.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { cutScree } from "../../method/cut.ts";
import type { Keep } from "../../method/keep.ts";

/** What the cut of the scree leaves out of `diag(d) - u u'`. */
export interface DiscardedSpan {
  /** k, what is kept. */
  readonly components: number;
  /** [r] descending, all; until the next call. */
  readonly eigenvalues: Float64Array;
  /** [r - k, r], the unit eigenvectors of the last eigenvalues, one per row. */
  readonly vectors: KernelPiece;
}

/**
 * Where the scree of `diag(d) - u u'` is cut, and the eigenvectors behind the cut, of the u that the computed
 * eigenvalues belong to exactly, so that they are orthogonal however close those lie (Gu and Eisenstat 1994; LAPACK
 * dlaed3 and dlaed4).
 * @param d [r] descending
 * @param u [r]
 */
export function discardedSpan(
  d: Float64Array,
  u: Float64Array,
  keep: Keep,
  memory: KernelMemory,
  workspace: Workspace,
): DiscardedSpan {
  const r = d.length;
  const { kernels } = memory.kernels;
  const { weights, trace, eigenvalues, find } = downdateRoots(d, u, memory, workspace);
  find(0, r);
  const { components } = cutScree(eigenvalues, trace, keep);
  const products = memory.piece("discarded.products", r);
  kernels.multiplyRoots(r, products.address);
  for (let j = 0; j < r; j += 1) {
    const size = Math.sqrt(Math.abs(products.values[j]));
    weights.values[j] = weights.values[j] < 0 ? -size : size;
  }
  const vectors = memory.piece("discarded.vectors", Math.max(1, (r - components) * r));
  kernels.findVectors(components, r, vectors.address);
  return { components, eigenvalues, vectors };
}
