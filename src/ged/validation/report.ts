/** How well one direction carries the target and is silent for the reference, on one set of rows. */
export interface SeparationScore {
  /**
   * Variance (ddof = 1) of the projections of these rows, about their own mean, on the unit direction, of
   * the condition in the target's role (S): in `swapped`, where S and R are exchanged, the reference's.
   */
  readonly targetVariance: number;
  readonly referenceVariance: number;
  /** What the headline quotes: the first over the second. */
  readonly ratio: number;
  /** Area under the ROC curve of the signed projections, oriented by the training means. */
  readonly auc: number;
  /**
   * Area under the ROC curve of each projection's distance from the training mean of its own condition,
   * carried condition against silent one: it sees the variance alone, for a difference of means cancels.
   */
  readonly magnitudeAuc: number;
}

/** A 95 % interval; what it is over is said where it stands. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface ScoredComponent {
  readonly inSample: SeparationScore;
  /** Null where no row could be held out; `omitted` says why. Variances are pooled over folds and repeats. */
  readonly heldOut: SeparationScore | null;
  /**
   * Of the held-out ratio. Cross-validation: on a logarithmic scale, as wide as label exchange makes the same
   * statistic vary, so that where labels carry nothing it covers 1 in 95 of 100 data sets (repeats test the
   * same rows, so their spread alone would be far too narrow); absent without permutations.
   * Train/test split: jackknife over the tested pairs (groups, rows).
   */
  readonly heldOutRatioInterval?: Interval;
  /** Jackknife over the held-out pairs (groups, rows), the directions as fitted. */
  readonly heldOutAucInterval?: Interval;
  /** Generalized eigenvalue on all training rows; absent for a direction that no eigenvalue belongs to. */
  readonly eigenvalue?: number;
  /**
   * p of this component's ratio against the largest ratio among the reported components in each
   * permutation (max-statistic; Westfall and Young 1993, Nichols and Holmes 2002).
   */
  readonly correctedP?: { readonly inSample: number; readonly heldOut: number };
}

/** In-sample or held-out statistic under label exchange; the statistic is the ratio of component 1. */
export interface NullDistribution {
  /** Held out: on the folds of the first repeat, those of every permutation, so that p is exact. */
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
    /** Null where no row could be held out. */
    readonly heldOut: NullDistribution | null;
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
    /** `across` keeps each fold's number of rows a condition, so that every permutation has the same folds. */
    readonly exchange: "withinPairs" | "withinGroups" | "across";
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
    /** Degrees, the largest principal angle between the spans of the first components and their counterparts. */
    readonly subspaceAngle: {
      readonly components: number;
      readonly median: number;
      readonly low: number;
      readonly high: number;
    };
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
