import { chiSquareTail } from "./chiSquareTail.ts";
import { normalQuantile } from "./quantile.ts";

/** An estimate on a scale on which its error is normal. */
export interface Estimate {
  readonly value: number;
  /** Above 0. */
  readonly standardError: number;
}

export interface PooledEstimate extends Estimate {
  readonly low: number;
  readonly high: number;
  /** Cochran's Q, whether the estimates differ by more than their errors. */
  readonly heterogeneity: {
    readonly q: number;
    readonly freedom: number;
    /** Of Q under one common value: chi-square with `freedom` degrees of freedom. */
    readonly p: number;
    /** `max(0, (Q - freedom) / Q)`: the share of the spread that is not error (Higgins and Thompson 2002). */
    readonly share: number;
  };
}

/**
 * The fixed-effect mean of independent estimates: `sum(w x) / sum(w)` with `w = 1 / se^2`, its standard error
 * `1 / sqrt(sum(w))`, its 95 % interval by the normal quantile, and Cochran's `Q = sum(w (x - mean)^2)`
 * (Cochran 1954; Hedges and Olkin 1985, chapter 6). If Q is large, it is the mean of different values, and its interval
 * speaks of these estimates only.
 * @param estimates two or more
 */
export function fixedEffect(estimates: readonly Estimate[]): PooledEstimate {
  // Relative to the smallest error, so that no weight over- or underflows.
  const unit = Math.min(...estimates.map(({ standardError }) => standardError));
  const weights = estimates.map(({ standardError }) => (unit / standardError) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const value = estimates.reduce((sum, each, i) => sum + weights[i] * each.value, 0) / total;
  const standardError = unit / Math.sqrt(total);
  const q = estimates.reduce(
    (sum, each) => sum + ((each.value - value) / each.standardError) ** 2,
    0,
  );
  const freedom = estimates.length - 1;
  return {
    value,
    standardError,
    low: value - normalQuantile * standardError,
    high: value + normalQuantile * standardError,
    heterogeneity: {
      q,
      freedom,
      p: chiSquareTail(q, freedom),
      share: q > 0 ? Math.max(0, (q - freedom) / q) : 0,
    },
  };
}
