import type { Directions } from "../method/directions.ts";
import type { Tuning } from "./tuning/report.ts";
import type { Interval } from "../../statistics/interval.ts";
import type { Stability } from "./stability/report.ts";

/** How well one direction carries one condition and is silent for the other, on one set of rows. */
export interface SeparationScore {
  /**
   * Variance (ddof = 1) of the projections of these rows, about their own mean, on the unit direction, of
   * the condition that the direction carries (S).
   */
  readonly carriedVariance: number;
  /** The same of the condition that it silences (R). */
  readonly silencedVariance: number;
  /**
   * What the headline quotes: the first over the second; over several repeats of the folds
   * `exp(mean over repeats of log(ratio of the repeat))`, the statistic that p belongs to.
   */
  readonly ratio: number;
  /**
   * Area under the ROC curve of the signed projections, oriented by the training means; absent if there are no rows to
   * rank, as in moments.
   */
  readonly auc?: number;
  /**
   * Area under the ROC curve of each projection's distance from the training mean of its own condition,
   * carried condition against silent one: it sees the variance alone, for a difference of means cancels. Absent as
   * {@link auc} is.
   */
  readonly magnitudeAuc?: number;
}

/** The same of rows, which can be ranked. */
export type RankedScore = Required<SeparationScore>;

/**
 * One score per row, in the order of the file, on the unit direction: about the training mean of the row's own
 * condition, signs aligned between folds with that of the direction as shown (its largest entry positive), averaged
 * over repeats; null for rows that were never tested.
 */
export interface HeldOutScores {
  readonly target: readonly (number | null)[];
  readonly reference: readonly (number | null)[];
}

/** From the smallest to the largest score of each row over the repeats; null for rows that were never tested. */
export interface ScoreRanges {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export type { Interval };

export interface ScoredComponent {
  readonly inSample: SeparationScore;
  /** Null where no row could be held out; `omitted` says why. Variances are pooled over folds and repeats. */
  readonly heldOut: SeparationScore | null;
  /**
   * Of the held-out ratio. Cross-validation: on a logarithmic scale, as wide as permuting labels makes the same
   * statistic vary (repeats test the same rows, so their spread alone would be far too narrow); absent without
   * permutations. Train/test split: jackknife over the tested pairs (groups, rows).
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
  /** Held-out ratios of the same rank under permuted labels; `high` is the point that the noise edge goes by. */
  readonly permutedHeldOut?: {
    /** 5 %, 50 % and 95 % points. */
    readonly low: number;
    readonly median: number;
    readonly high: number;
  };
  /** Scores from the folds that did not see the row: of component 1, and of later ones of small data sets. */
  readonly heldOutScores?: HeldOutScores;
  /** Absent with one repeat. */
  readonly heldOutScoreRanges?: { readonly target: ScoreRanges; readonly reference: ScoreRanges };
}

/** In-sample or held-out statistic under permuted labels; the statistic is the ratio of component 1. */
export interface NullDistribution {
  /** The ratio that is reported. */
  readonly observed: number;
  /** One value per permutation, in the order drawn. */
  readonly permuted: readonly number[];
  readonly median: number;
  readonly maximum: number;
  /** (b+1)/(m+1), b the permutations that reach the observed value. */
  readonly p: number;
}

/** What speaks against believing a number; the code says what, the text says it in words and what to do. */
export interface ValidationWarning {
  readonly code:
    | "repeatedRows"
    | "sharedTemplates"
    | "misalignedPairs"
    | "unnamedPairs"
    | "scaleOnly"
    | "dominantNeuron"
    | "fewComponents"
    | "illConditioned"
    | "meanSeparates"
    | "nullReaches"
    | "intervalIncludesOne"
    | "approximation";
  readonly text: string;
}

/** What fewer rows would have given; see `learningPoint` for what low and high are. */
export interface LearningPoint {
  /** Of both conditions together, on average over the draws; each fold is fitted on its share of them. */
  readonly rows: number;
  /** `exp(mean over draws of log(held-out ratio))`, of component 1. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export type AnalyticEdge =
  /** See `analyticEdge.ts`: where the bulk ends, and the 95 % point of the largest. */
  | { readonly kind: "known"; readonly bulk: number; readonly largest: number }
  /** Theory has independent rows of either condition, more of them than dimensions, and no shrinkage. */
  | { readonly kind: "none"; readonly because: "shrunk" | "fewRows" | "dependentRows" };

/** Whether a direction is there on new rows, in a word; the rule stands in `verdict.ts`. */
export type Verdict = "holds" | "not-shown" | "does-not-hold" | "cannot-tell";

export interface DirectionReport extends ScoredComponent {
  readonly verdict: Verdict;
  /** The held-out ratio over that of the traces in the same direction: what is more than a larger scale. */
  readonly relativeRatio?: number;
  readonly relativeRatioInterval?: Interval;
  /** Ratios of variances along random directions of neuron space. */
  readonly randomDirections: {
    readonly median: number;
    readonly low: number;
    readonly high: number;
  };
  /**
   * Held-out variance of the silenced condition over the mean eigenvalue of its covariance in the kept dimensions:
   * 0 is silence, 1 is as loud as anywhere.
   */
  readonly silence?: number;
  /** Leading components whose held-out ratio is above the 95 % point of permuted labels at the same rank. */
  readonly noiseEdge?: { readonly components: number; readonly low: number; readonly high: number };
  /** How large in-sample eigenvalues are if nothing separates, by theory alone. */
  readonly analyticEdge?: AnalyticEdge;
  /** Held-out ratio against the number of rows, fewest first; the last is that of all rows. */
  readonly learningCurve?: readonly LearningPoint[];
  /** Bootstrap over pairs (or rows) of component 1. */
  readonly stability?: Stability;
  /** What ratio and interval are estimates of, in words. */
  readonly estimand: string;
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
export interface ValidationReport {
  readonly scheme: ValidationScheme;
  readonly directions: Directions<DirectionReport>;
  /** Rows of each condition, those that repeat each other counted once. */
  readonly distinct: { readonly target: number; readonly reference: number };
  /** Sets of rows that are held out and permuted as a whole, single rows included. */
  readonly clusters: {
    readonly count: number;
    readonly origins: readonly ("named" | "repeats" | "templates")[];
    /** The cluster of each row, in the order of the files; absent if every row stands for itself. */
    readonly members?: {
      readonly target: readonly number[];
      readonly reference: readonly number[];
    };
  };
  /** Trace of S over trace of R, all neurons. */
  readonly traceRatio: number;
  /** Over both directions and all components shown: the largest ratio against the largest of each permutation. */
  readonly maxP?: number;
  readonly permutations?: {
    readonly count: number;
    /** If they ended early, as many as there are. */
    readonly requested: number;
    readonly seed: number;
    /**
     * Present if they could end early: as soon as every p is decided, which a p is when so many permutations have
     * reached its statistic. Such a p is that number over the number of permutations it took.
     */
    readonly sequential?: { readonly reaching: number };
    /** Repeats of the folds within each permutation: those of the reported ratio. */
    readonly repeats: number;
    /** Among which rows labels were permuted; rows are residuals about their condition's training mean. */
    readonly exchange: "withinPairs" | "withinGroups" | "clusters" | "across";
    /** How many labellings there are; null beyond 2^53. */
    readonly labellings: number | null;
    /** Equal for validations whose labels were permuted alike, permutation by permutation. */
    readonly labelling?: string;
  };
  /** Held-out ratio over shrinkage x share, forward direction. */
  readonly grid?: {
    readonly shrinkages: readonly number[];
    readonly shares: readonly number[];
    /** `[shrinkages, shares]`, row-major; `exp(mean over repeats of log(ratio))` as the headline. */
    readonly heldOutRatio: readonly number[];
    readonly components: readonly number[];
    readonly suggestion: { readonly shrinkage: number; readonly share: number };
    readonly ledoitWolf: number;
    readonly oracleApproximating: number;
  };
  /**
   * Present if shrinkage and share were chosen anew in every fold and permutation: all that is held out, and every p, is
   * of fitting with that choice.
   */
  readonly tuning?: Tuning;
  /** Present if a second fit was asked for: a second test beside the first, as a check of its power. */
  readonly secondFit?: SecondFit;
  /** Simpler directions on the same folds; scores of their rows are about the middle of both training means. */
  readonly baselines?: {
    readonly meanDifference: ScoredComponent;
    readonly linearDiscriminant: ScoredComponent;
  };
  /** What a researcher must read before believing the number; empty if there is nothing. */
  readonly warnings: readonly ValidationWarning[];
  /** Parts that could not be computed: which and why, one line each. */
  readonly omitted: readonly string[];
  readonly seconds: number;
}

/** Component 1 of both directions with another shrinkage of the reference, on the same folds and permutations. */
export interface SecondFit extends Directions<SecondTest> {
  /** g, of all folds and permutations alike. */
  readonly shrinkage: number;
}

/** What the second fit of one direction found. */
export interface SecondTest {
  /** `exp(mean over repeats of log(ratio))`, as the first fit's. */
  readonly heldOutRatio: number;
  readonly heldOutRatioInterval?: Interval;
  /** Of this fit as if it were the only one; absent without permutations, as is `bestP`. */
  readonly p?: number;
  /** Of the smaller of this p and the first fit's, for having looked at both. */
  readonly bestP?: number;
}
