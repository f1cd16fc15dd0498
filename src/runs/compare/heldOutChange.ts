import { differenceInterval } from "../../statistics/differenceInterval.ts";
import type { HeldOutRatio, RatioChange, SharedRows } from "./comparison.ts";

/**
 * The held-out ratio of a second run over that of a first: `exp(log r_2 - log r_1)`, with a 95 % interval from the two
 * runs' own, taken on a logarithmic scale and as independent (see {@link differenceInterval}). By how their rows are
 * related the interval is
 * - valid as it stands, if the runs share no rows;
 * - conservative (too wide), if they share rows in the same roles and their errors therefore go the same way, as those
 *   of one set of sentences in two layers do as a rule: `Var(a - b) = Var a + Var b - 2 Cov(a, b)` is then smaller than
 *   the sum that is used. That they go the same way is not tested;
 * - left out, if a condition changes its role: the same rows are then above the line in one ratio and below it in the
 *   other, the covariance is negative, and the interval would be too narrow.
 *
 * An interval by cross-validation is as wide as permuted labels make the ratio vary, so that all of this holds as far
 * as that does.
 * @returns undefined unless both ratios are positive and finite
 */
export function heldOutChange(
  first: HeldOutRatio | undefined,
  second: HeldOutRatio | undefined,
  sharedRows: SharedRows,
): RatioChange | undefined {
  if (first === undefined || second === undefined) return undefined;
  const factor = second.ratio / first.ratio;
  if (!(factor > 0) || !Number.isFinite(factor)) return undefined;
  const [from, to] = [logarithmic(first), logarithmic(second)];
  if (from === undefined || to === undefined || sharedRows === "crossedRoles") return { factor };
  const { low, high } = differenceInterval(to, from);
  return { factor, interval: { low: Math.exp(low), high: Math.exp(high) } };
}

function logarithmic({ ratio, interval }: HeldOutRatio) {
  if (interval === undefined) return undefined;
  const bounded = {
    value: Math.log(ratio),
    low: Math.log(interval.low),
    high: Math.log(interval.high),
  };
  return Object.values(bounded).every(Number.isFinite) ? bounded : undefined;
}
