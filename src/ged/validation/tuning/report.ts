/** One shrinkage and share of variance. */
export interface TunedChoice {
  readonly shrinkage: number;
  readonly share: number;
}

/** What was chosen by nested cross-validation, and what choosing cost. Ratios are of the forward direction. */
export interface Tuning {
  /** All that were tried, each with each. */
  readonly shrinkages: readonly number[];
  readonly shares: readonly number[];
  /** By all rows: what the direction is fitted with. */
  readonly chosen: TunedChoice;
  /** What the folds of all repeats chose, most often first. */
  readonly folds: readonly (TunedChoice & { readonly count: number })[];
  /** The run's own choice on the same folds, made before looking. */
  readonly given: TunedChoice & { readonly heldOutRatio: number };
  /** The largest held-out ratio of all that were tried: what choosing by it and not paying for that would report. */
  readonly largestRatio: number;
  /** Of processors, over all labellings. */
  readonly seconds: number;
}
