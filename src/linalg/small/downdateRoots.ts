import { separatePoles } from "./downdate.ts";
import type { KernelMemory, KernelPiece } from "./kernelMemory.ts";
import type { Workspace } from "./workspace.ts";

/** `diag(d) - u u'` on the kernels, whose eigenvalues are found as far as they are asked for; until the next one. */
export interface DowndateRoots {
  /** [r], `-d` ascending and apart, and what belongs to them of u. */
  readonly poles: KernelPiece;
  readonly weights: KernelPiece;
  /** The sum of all eigenvalues. */
  readonly trace: number;
  /** [r] descending; entries are there once they were found. */
  readonly eigenvalues: Float64Array;
  /** Eigenvalues `first` to `last` (exclusive). */
  find(first: number, last: number): void;
}

/**
 * Prepares the secular equation of a diagonal matrix less one of rank one (LAPACK dlaed4). The kernels know it until
 * they are asked for something else than its roots.
 * @param d [r] descending
 * @param u [r]
 */
export function downdateRoots(
  d: Float64Array,
  u: Float64Array,
  memory: KernelMemory,
  workspace: Workspace,
): DowndateRoots {
  const r = d.length;
  const { kernels } = memory.kernels;
  const poles = memory.piece("roots.poles", r);
  const weights = memory.piece("roots.weights", r);
  const distances = memory.piece("roots.distances", r);
  const origins = memory.piece("roots.origins", Math.ceil(r / 2));
  separatePoles(d, u, r, poles.values, weights.values);
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
  let trace = 0;
  for (let j = 0; j < r; j += 1) trace += d[j] - u[j] * u[j];
  const origin = memory.kernels.integers(origins.address, r);
  const eigenvalues = workspace.buffer("roots.eigenvalues", r).subarray(0, r);
  const find = (first: number, last: number): void => {
    kernels.findRoots(first, last);
    for (let j = first; j < last; j += 1) {
      eigenvalues[j] = -(poles.values[origin[j]] + distances.values[j]);
    }
  };
  return { poles, weights, trace, eigenvalues, find };
}
