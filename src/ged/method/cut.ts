import type { GedOptions } from "./options.ts";

/** Where the scree is cut. */
export interface Cut {
  /** k, the number of components kept. */
  readonly components: number;
  /** Their share of the total variance. */
  readonly varianceKept: number;
}

/**
 * The fewest leading components whose cumulative share of the variance reaches `share`.
 * @param eigenvalues [K] descending, those that are known
 * @param total the trace of the covariance
 * @param share in (0, 1]; a share that rounding keeps out of reach (1) takes all K
 * @param fixed exactly this many instead, or at most this many where `cap`; never more than K
 */
export function cutScree(
  eigenvalues: Float64Array,
  total: number,
  share: number,
  fixed?: { readonly components: number; readonly cap: boolean },
): Cut {
  const limit = Math.min(fixed?.components ?? Infinity, eigenvalues.length);
  const stopAtShare = fixed === undefined || fixed.cap;
  let cumulative = 0;
  let components = 0;
  while (components < limit) {
    cumulative += eigenvalues[components];
    components += 1;
    if (stopAtShare && cumulative / total >= share) break;
  }
  return { components, varianceKept: Math.min(1, cumulative / total) };
}

/** The `components` option as the scree cut understands it. */
export function fixedComponents(
  options: GedOptions,
): { readonly components: number; readonly cap: boolean } | undefined {
  if (options.components === undefined) return undefined;
  return { components: options.components, cap: options.componentsAreCap === true };
}

/** The same as a partial eigensolver's goal: a share of the trace, or a number of pairs. */
export function wantedEigenpairs(
  options: GedOptions,
  columns: number,
): { readonly share: number } | { readonly count: number } {
  const fixed = fixedComponents(options);
  return fixed === undefined || fixed.cap
    ? { share: options.variance }
    : { count: Math.min(fixed.components, columns) };
}
