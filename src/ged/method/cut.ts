import { mostComponents, type Keep } from "./keep.ts";

/** Where the scree is cut. */
export interface Cut {
  /** k, the number of components kept. */
  readonly components: number;
  /** Their share of the total variance. */
  readonly varianceKept: number;
}

/**
 * The fewest leading components whose cumulative share of the variance reaches the one to keep, or as many as are
 * asked for; never more than are known. A share that rounding keeps out of reach (1) takes all.
 * @param eigenvalues [K] descending, those that are known
 * @param total the trace of the covariance
 */
export function cutScree(eigenvalues: Float64Array, total: number, keep: Keep): Cut {
  const limit = Math.min(mostComponents(keep), eigenvalues.length);
  let cumulative = 0;
  let components = 0;
  while (components < limit) {
    cumulative += eigenvalues[components];
    components += 1;
    if ("share" in keep && cumulative / total >= keep.share) break;
  }
  return { components, varianceKept: Math.min(1, cumulative / total) };
}

/** The same as a partial eigensolver's goal: a share of the trace, or a number of pairs. */
export function wantedEigenpairs(
  keep: Keep,
  columns: number,
): { readonly share: number } | { readonly count: number } {
  return "count" in keep ? { count: Math.min(keep.count, columns) } : { share: keep.share };
}
