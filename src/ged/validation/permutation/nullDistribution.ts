import { quantile } from "../../../statistics/quantile.ts";
import type { NullDistribution } from "../report.ts";

/**
 * Where an observed statistic stands among permuted ones; `p = (b+1)/(m+1)` (Phipson and Smyth 2010). A
 * permutation whose statistic could not be computed counts as reaching the observed one.
 */
export function nullDistribution(
  observed: number,
  permuted: readonly number[],
  isSequential = false,
): NullDistribution {
  const sorted = Float64Array.from(permuted.filter((value) => !Number.isNaN(value))).sort();
  return {
    observed,
    permuted,
    median: quantile(sorted, 0.5),
    maximum: sorted.length === 0 ? NaN : sorted[sorted.length - 1],
    p: exactP(observed, permuted, isSequential),
  };
}

/** What rounding may make of two equal statistics, relative to their size. */
const rounding = 1e-8;

/** After so many permutations that reach the observed statistic its sequential p is decided: to a quarter of itself. */
export const mostReaching = 20;

/**
 * `(b+1)/(m+1)`, b the permuted values that reach the observed one. A labelling that gives the same ratio by
 * construction (all labels turned, where both directions count) reaches it whatever the last digits say.
 * @param isSequential whether permutations may end early: p is then `h/l` if the h-th value that reaches the observed
 *   one, h being {@link mostReaching}, is the l-th of all (Besag and Clifford 1991), which is exact whenever they end
 */
export function exactP(
  observed: number,
  permuted: readonly number[],
  isSequential = false,
): number {
  const least = leastReaching(observed);
  let reaching = 0;
  for (const [i, value] of permuted.entries()) {
    if (value < least) continue;
    reaching += 1;
    if (isSequential && reaching === mostReaching) return reaching / (i + 1);
  }
  return (reaching + 1) / (permuted.length + 1);
}

/** How many permuted values reach the observed one, as {@link exactP} counts. */
export function countReaching(observed: number, permuted: readonly number[]): number {
  const least = leastReaching(observed);
  return permuted.filter((value) => !(value < least)).length;
}

/** From which value on one reaches the observed one. */
export function leastReaching(observed: number): number {
  return observed * (1 - rounding * Math.sign(observed));
}
