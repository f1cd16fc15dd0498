import type { CaptureProvenance } from "../../activations/captureProvenance.ts";
import type { Directions } from "../../ged/method/directions.ts";
import type { Interval, Verdict } from "../../ged/validation/report.ts";
import type { ConditionSummary } from "../summary.ts";

/** Two or more runs side by side, and each pair of them. */
export interface RunComparison {
  readonly runs: readonly ComparedRun[];
  /** In the order (0, 1), (0, 2), ..., (1, 2), ... */
  readonly pairs: readonly ComparedPair[];
}

/** One run as a comparison shows it. */
export interface ComparedRun {
  /** What the user called it; absent if it goes by its conditions. */
  readonly name?: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly target: ConditionSummary;
  readonly reference: ConditionSummary;
  /** What both conditions say alike of where they came from. */
  readonly provenance: CaptureProvenance;
  /** γ by which the silenced condition of each direction is shrunk. */
  readonly shrinkage: Directions<number>;
  /** k, and the share of the variance that they keep. */
  readonly components: number;
  readonly varianceKept: number;
  /** In the k kept dimensions. */
  readonly rank: { readonly target: number; readonly reference: number };
  readonly directions: Directions<ComparedDirection>;
}

/** Component 1 of one direction of a run. */
export interface ComparedDirection {
  /** The leading ones, descending, in sample. */
  readonly eigenvalues: readonly number[];
  /** Carried over silenced variance. */
  readonly inSampleRatio: number;
  /** Absent before a validation, and if no row could be held out. */
  readonly heldOut?: HeldOutRatio;
  readonly verdict?: Verdict;
}

/** On rows that the fit has not seen. */
export interface HeldOutRatio {
  readonly ratio: number;
  readonly interval?: Interval;
  readonly p?: number;
}

/**
 * What is known of rows that two runs have in common, each condition being held against each by its file, its
 * selection and its sentences:
 * - `noneKnown`: nothing says that a row of one is a row of the other;
 * - `sameRoles`: they share rows or sentences, or may, of conditions in the same role;
 * - `crossedRoles`: a condition of one is in the other role in the other.
 */
export type SharedRows = "noneKnown" | "sameRoles" | "crossedRoles";

export interface ComparedPair {
  /** Places in `runs`. */
  readonly first: number;
  readonly second: number;
  readonly sharedRows: SharedRows;
  readonly directions: Directions<ComparedDirections>;
}

/** The same direction of two runs. */
export interface ComparedDirections {
  /** In neuron space, or why there is nothing to compare: other widths, or no loadings in a document. */
  readonly neurons: NeuronSpaceComparison | "widths" | "noLoadings";
  /** Absent unless both runs were validated. */
  readonly heldOut?: RatioChange;
}

export interface NeuronSpaceComparison {
  readonly filters: VectorComparison;
  readonly patterns: VectorComparison;
  readonly sharedNeurons: SharedNeurons;
}

export interface VectorComparison {
  /** `|cos|` of the angle between the vectors of component 1. */
  readonly cosine: number;
  /** Degrees, ascending, between the spans of the vectors of the first components. */
  readonly angles: readonly number[];
  /** How many first components of either run span. */
  readonly components: number;
}

/** Neurons among the largest loadings (entries of the filter) of component 1 of both runs. */
export interface SharedNeurons {
  readonly count: number;
  /** How many largest ones of either run were looked at. */
  readonly among: number;
  /** The mean count if both were drawn at random: `among^2 / D` (hypergeometric). */
  readonly expected: number;
}

/** How many times the second run's held-out ratio of component 1 is that of the first. */
export interface RatioChange {
  readonly factor: number;
  /** 95 %; absent if it would not be valid, see {@link heldOutChange}. */
  readonly interval?: Interval;
}
