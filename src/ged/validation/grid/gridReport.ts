import type { ValidationReport } from "../report.ts";
import type { GridAxes } from "./grid.ts";
import { askedShare } from "../../method/options.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";

export type GridReport = NonNullable<ValidationReport["grid"]>;

/** g of the reference, as each estimator has it on all rows. */
export type ShrinkageEstimates = Pick<GridReport, "ledoitWolf" | "oracleApproximating">;

/** The values that are tried, and the user's own among them; an estimator has another one in each fold, and none of its own. */
export function gridAxes({ keep, shrinkage }: FitOptions): GridAxes {
  return {
    shrinkages: withOwn(
      [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
      typeof shrinkage === "number" ? shrinkage : undefined,
    ),
    shares: withOwn([0.5, 0.8, 0.9, 0.95, 0.99, 0.999], askedShare(keep)),
  };
}

/**
 * Pools the squares of each repeat's splits into ratios, takes `exp(mean over repeats of log(ratio))` of them (the
 * statistic that is reported for the user's own choice) and suggests the largest; a suggestion is never applied by
 * itself.
 * @param squares of each repeat, one entry per split, as `gridSquares` returns them
 * @param components k of each share on all rows
 */
export function gridReport(
  axes: GridAxes,
  squares: readonly (readonly Float64Array[])[],
  components: readonly number[],
  estimates: ShrinkageEstimates,
): GridReport {
  const { shrinkages, shares } = axes;
  const heldOutRatio = heldOutRatios(axes, squares);
  const best = largestAt(heldOutRatio);
  return {
    shrinkages,
    shares,
    heldOutRatio,
    components,
    suggestion: {
      shrinkage: shrinkages[Math.floor(Math.max(0, best) / shares.length)],
      share: shares[Math.max(0, best) % shares.length],
    },
    ...estimates,
  };
}

/**
 * `exp(mean over repeats of log(ratio))` of each cell, the ratio pooled over each repeat's splits.
 * @param squares of each repeat, one entry per split, as `gridSquares` returns them
 * @returns [shrinkages, shares], NaN if a fit failed
 */
export function heldOutRatios(
  { shrinkages, shares }: GridAxes,
  squares: readonly (readonly Float64Array[])[],
): number[] {
  return Array.from({ length: shrinkages.length * shares.length }, (_, i) => {
    const logarithms = squares.map((splits) => {
      const sum = (part: number) =>
        splits.reduce((total, values) => total + values[4 * i + part], 0);
      return Math.log(sum(0) / sum(1) / (sum(2) / sum(3)));
    });
    return Math.exp(logarithms.reduce((total, value) => total + value, 0) / logarithms.length);
  });
}

/** Where the first of the largest values stands; -1 if all are NaN. */
export function largestAt(values: readonly number[]): number {
  let best = -1;
  values.forEach((value, i) => {
    if (!Number.isNaN(value) && (best < 0 || value > values[best])) best = i;
  });
  return best;
}

/** The values with one's own among them, if there is one; ascending. */
export function withOwn(values: readonly number[], own: number | undefined): number[] {
  return [...new Set([...values, ...(own === undefined ? [] : [own])])].sort((a, b) => a - b);
}
