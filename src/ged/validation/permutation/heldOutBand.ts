import { quantile } from "../../../statistics/quantile.ts";
import type { ScoredComponent } from "../report.ts";

/** Between which ratios those of the same rank lie in nine of ten permutations; the upper end is the noise edge's. */
export function heldOutBand(
  permuted: readonly number[],
): NonNullable<ScoredComponent["permutedHeldOut"]> {
  const sorted = Float64Array.from(permuted.filter((value) => !Number.isNaN(value))).sort();
  return {
    low: quantile(sorted, 0.05),
    median: quantile(sorted, 0.5),
    high: quantile(sorted, 0.95),
  };
}
