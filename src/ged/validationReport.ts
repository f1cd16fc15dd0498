/** How well one direction carries the target and is silent for the reference, on one set of rows. */
export interface SeparationScore {
  /** Variance (ddof = 1) of the projections of these rows, about their own mean, on the unit direction. */
  readonly targetVariance: number;
  readonly referenceVariance: number;
  /** Target over reference; what the headline quotes. */
  readonly ratio: number;
  /** Area under the ROC curve of the signed projections, oriented by the training means. */
  readonly auc: number;
  /** The same of the projections' distance from the training midpoint-free centre: variance, not mean. */
  readonly magnitudeAuc: number;
}

/** A central 95 % interval over repeats, resamples or permutations. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface ScoredComponent {
  readonly inSample: SeparationScore;
  readonly heldOut: SeparationScore;
  /** Over repeats of the cross-validation; absent for a single train/test split. */
  readonly heldOutRatioInterval?: Interval;
  readonly heldOutAucInterval?: Interval;
}

/** In-sample or held-out statistic under label exchange; the statistic is the ratio of component 1. */
export interface NullDistribution {
  readonly observed: number;
  /** One value a permutation, in the order drawn. */
  readonly permuted: readonly number[];
  readonly median: number;
  readonly maximum: number;
  /** (b+1)/(m+1), b the permutations that reach the observed value. */
  readonly p: number;
}

export interface DirectionReport extends ScoredComponent {
  /** The first components, component 1 first (and equal to this report's own scores). */
  readonly components: readonly ScoredComponent[];
  readonly permutation?: {
    readonly inSample: NullDistribution;
    readonly heldOut: NullDistribution;
  };
}

export type ValidationScheme =
  | {
      readonly kind: "crossValidation";
      readonly folds: number;
      readonly repeats: number;
      readonly seed: number;
      /** `pairs`: rows that belong together never stand on both sides of a split. */
      readonly grouping: "pairs" | "groups" | "none";
    }
  | {
      readonly kind: "trainTest";
      readonly trainRows: { readonly start: number; readonly stop: number };
      readonly testRows: { readonly start: number; readonly stop: number };
    };

/** What survives on sentences that the fit has not seen, and under shuffled labels. */
export interface ValidationReport extends DirectionReport {
  readonly scheme: ValidationScheme;
  /** The same for S and R exchanged (the direction that carries the reference). */
  readonly swapped: DirectionReport;
  readonly permutations?: {
    readonly count: number;
    readonly requested: number;
    readonly seed: number;
    readonly exchange: "withinPairs" | "across";
  };
  /** Held-out ratio over shrinkage x share, forward direction. */
  readonly grid?: {
    readonly shrinkages: readonly number[];
    readonly shares: readonly number[];
    /** `[shrinkages, shares]`, row-major. */
    readonly heldOutRatio: readonly number[];
    readonly components: readonly number[];
    readonly suggestion: { readonly shrinkage: number; readonly share: number };
    readonly ledoitWolf: number;
    readonly oracleApproximating: number;
  };
  /** Simpler directions on the same folds. */
  readonly baselines?: {
    readonly meanDifference: ScoredComponent;
    readonly linearDiscriminant: ScoredComponent;
  };
  /** Bootstrap over pairs (or rows) of component 1. */
  readonly stability?: {
    readonly resamples: number;
    readonly seed: number;
    /** Degrees between the direction and its resampled counterpart. */
    readonly angle: { readonly median: number; readonly low: number; readonly high: number };
    readonly neurons: readonly {
      readonly neuron: number;
      readonly loading: Interval;
      readonly pattern: Interval;
      /** Share of resamples in which the neuron is among the 20 largest loadings. */
      readonly topShare: number;
    }[];
  };
  /** Plain words a researcher must read before believing the number; empty where there are none. */
  readonly warnings: readonly string[];
  /** Parts that could not be computed: which and why, one line each. */
  readonly omitted: readonly string[];
  readonly seconds: number;
}
