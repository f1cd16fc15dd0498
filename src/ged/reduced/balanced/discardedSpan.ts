import { separatePoles } from "../../../linalg/small/downdate.ts";
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
  const poles = memory.piece("discarded.poles", r);
  const weights = memory.piece("discarded.weights", r);
  const distances = memory.piece("discarded.distances", r);
  const origins = memory.piece("discarded.origins", Math.ceil(r / 2));
  const products = memory.piece("discarded.products", r);
  const eigenvalues = workspace.buffer("discarded.eigenvalues", r).subarray(0, r);
  separatePoles(d, u, r, poles.values, weights.values);
  const { kernels } = memory.kernels;
  kernels.prepareSecular(
    r,
    poles.address,
    weights.address,
    1,
    origins.address,
    distances.address,
    distances.address,
    0,
  );
  kernels.findRoots(0, r);
  const origin = memory.kernels.integers(origins.address, r);
  let total = 0;
  for (let j = 0; j < r; j += 1) {
    eigenvalues[j] = -(poles.values[origin[j]] + distances.values[j]);
    total += d[j] - u[j] * u[j];
  }
  const { components } = cutScree(eigenvalues, total, keep);
  kernels.multiplyRoots(r, products.address);
  for (let j = 0; j < r; j += 1) {
    const size = Math.sqrt(Math.abs(products.values[j]));
    weights.values[j] = weights.values[j] < 0 ? -size : size;
  }
  const vectors = memory.piece("discarded.vectors", Math.max(1, (r - components) * r));
  kernels.findVectors(components, r, vectors.address);
  return { components, eigenvalues, vectors };
}
