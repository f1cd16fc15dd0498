import { EigenlensError } from "../../errors.ts";

/** How many components are kept: as many as hold a share of the variance, up to a number, or exactly so many. */
export type Keep =
  | {
      /** Of the variance of (S+R)/2, in (0, 1]. */
      readonly share: number;
      readonly atMost?: number;
    }
  | { readonly count: number };

/** The most components that may be kept; Infinity if nothing limits them. */
export function mostComponents(keep: Keep): number {
  return "count" in keep ? keep.count : (keep.atMost ?? Infinity);
}

/**
 * The same number of components, if shares are counted of only a part of the variance.
 * @param part what that part is of all variance, in (0, 1]
 */
export function shareWithin(keep: Keep, part: number): Keep {
  return "share" in keep ? { ...keep, share: Math.min(1, keep.share / part) } : keep;
}

/** @throws EigenlensError "usage" naming the value and what is allowed */
export function checkKeep(keep: Keep): void {
  if ("share" in keep && !(keep.share > 0 && keep.share <= 1)) {
    throw new EigenlensError(
      "usage",
      `The share of variance is ${keep.share}: choose a number above 0 and up to 1 (default 0.99).`,
    );
  }
  const most = mostComponents(keep);
  if (most !== Infinity && !(Number.isInteger(most) && most >= 1)) {
    throw new EigenlensError(
      "usage",
      `The number of components is ${most}: choose a whole number of at least 1.`,
    );
  }
}
