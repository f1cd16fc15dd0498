import type { Directions } from "../ged/method/directions.ts";
import type { EstimatorName } from "../ged/method/shrinkage/estimators.ts";
import type { Route } from "../ged/method/options.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { CaptureProvenance } from "../activations/captureProvenance.ts";
import type { ConditionSource } from "../conditions/condition.ts";

export interface ConditionSummary {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/**
 * One direction of separation: eigenvalues descending, variances on each component's unit neuron-space
 * direction, of the condition that is carried (S) and of the one that is silenced (R).
 */
export interface SeparationSummary {
  readonly eigenvalues: readonly number[];
  readonly carriedVariance: readonly number[];
  readonly silencedVariance: readonly number[];
}

/** What is known of a run; `written` has it as `--json` prints it and as a run document stores it. */
export interface RunSummary {
  readonly target: ConditionSummary;
  readonly reference: ConditionSummary;
  /**
   * Of a run from moments: how many rows of each condition are known one by one, those of a reservoir; 0 if there is none.
   * Absent if all rows are.
   */
  readonly atHand?: { readonly target: number; readonly reference: number };
  readonly plan: {
    readonly route: Route;
    readonly engine: string;
    readonly precision: "double" | "single";
    readonly threads: number;
    /** Memory that the run was expected to need. */
    readonly bytes: number;
    /** Seconds of computing that were expected, reading apart. */
    readonly expectedSeconds: number;
    /** One line that says why the planner chose so. */
    readonly reason: string;
    /** Estimated relative error of the generalized eigenvalues; 0 if everything is float64. */
    readonly errorEstimate: number;
  };
  /** How rounding was met; absent in older documents. */
  readonly numerics?: {
    /** Whether both conditions were projected by themselves, since one is much smaller than the other. */
    readonly referenceProjected: boolean;
    /** Whether small eigenvalues were found from the rows, not from their squares (Gram route). */
    readonly refined: boolean;
    /** The power of two that all activations were multiplied by while computing; null if by none. */
    readonly scaled: number | null;
    /**
     * Whether everything that has the activations' units is given of the multiplied ones, since squares of the
     * activations are beyond what a double holds.
     */
    readonly scaledUnits: boolean;
  };
  readonly compression: {
    readonly components: number;
    readonly varianceKept: number;
    readonly totalVariance: number;
    readonly eigenvalues: readonly number[];
    /** Further eigenvalues beyond the cut where the route knows them: for the scree plot. */
    readonly discardedEigenvalues: readonly number[];
  };
  readonly rank: {
    /** In the k kept dimensions. */
    readonly target: number;
    readonly reference: number;
    readonly referenceShrunk: number;
    readonly targetShrunk: number;
    /** At full width. */
    readonly average: number;
    readonly averageKind: "exact" | "upperBound";
    readonly fullWidth: {
      readonly target: number;
      readonly reference: number;
      /** `upperBound` where the ranks were not computed. */
      readonly kind: "exact" | "upperBound";
    };
  };
  /** Largest over smallest eigenvalue; null (infinite) where the matrix is singular. */
  readonly conditionNumber: {
    readonly target: number | null;
    readonly reference: number | null;
    readonly targetShrunk: number | null;
    readonly referenceShrunk: number | null;
  };
  /** What a direct GED at full width would meet; `possible` is null if the rank was not computed. */
  readonly direct: { readonly possible: boolean | null; readonly explanation: string };
  readonly shrinkage: ShrinkageSummary;
  readonly directions: Directions<SeparationSummary>;
  readonly neurons: {
    /** Neurons that never vary in either condition: harmless, but worth knowing. */
    readonly constant: number;
  };
  readonly validation: ValidationReport | null;
  readonly warnings: readonly string[];
  readonly seconds: {
    readonly read: number;
    readonly compress: number;
    readonly separate: number;
    readonly total: number;
  };
}

/** `R~ = (1-g) R + g a I` of the condition that each direction silences, and so shrinks. */
export interface ShrinkageSummary {
  /** Who estimated g; absent if it was given as a number. */
  readonly estimator?: EstimatorName;
  readonly gamma: Directions<number>;
  readonly alpha: Directions<number>;
}

/** The parts of a summary that follow from the shrinkage and the share; the others never change. */
export const solvedParts = [
  "compression",
  "rank",
  "conditionNumber",
  "shrinkage",
  "directions",
] as const satisfies readonly (keyof RunSummary)[];

export type SolvedSummary = Pick<RunSummary, (typeof solvedParts)[number]>;

/** What a run document says of one of its sources, so that a later opening can tell whether it changed. */
export interface SourceRecord {
  readonly condition: ConditionSource;
  readonly path: string;
  readonly format: string;
  readonly tensor: string;
  readonly elementType: string;
  readonly byteLength: number;
  readonly modified: number;
  /** SHA-256 of the decoded rows (little-endian, element type as decoded), in hexadecimal. */
  readonly hash: string;
  /** Where the activations came from, if anything said so. */
  readonly provenance?: CaptureProvenance;
}
