import { quantile } from "../../../statistics/quantile.ts";
import type { NullDistribution } from "../report.ts";

/**
 * Where an observed statistic stands among permuted ones; `p = (b+1)/(m+1)` (Phipson and Smyth 2010). A
 * permutation whose statistic could not be computed counts as reaching the observed one.
 */
export function nullDistribution(observed: number, permuted: readonly number[]): NullDistribution {
  const sorted = Float64Array.from(permuted.filter((value) => !Number.isNaN(value))).sort();
  return {
    observed,
    permuted,
    median: quantile(sorted, 0.5),
    maximum: sorted.length === 0 ? NaN : sorted[sorted.length - 1],
    p: exactP(observed, permuted),
  };
}

/** What rounding may make of two equal statistics, relative to their size. */
const rounding = 1e-8;

/**
 * `(b+1)/(m+1)`, b the permuted values that reach the observed one. A labelling that gives the same ratio by
 * construction (all labels turned, where both directions count) reaches it whatever the last digits say.
 */
export function exactP(observed: number, permuted: readonly number[]): number {
  const least = observed * (1 - rounding * Math.sign(observed));
  const reaching = permuted.filter((value) => !(value < least)).length;
  return (reaching + 1) / (permuted.length + 1);
}
