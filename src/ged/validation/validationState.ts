import type { StabilityReport } from "./stability/stability.ts";
import type { SplitEvaluation } from "./evaluateSplit.ts";
import type { GridReport } from "./grid/gridReport.ts";
import type { LabelledProjections } from "./scoreOutcomes.ts";
import type { ValidationProblem } from "./tasks/tasks.ts";
import type { ScoredComponent, ValidationScheme } from "./report.ts";

/** What is known of a validation so far; the report is assembled from it at any moment. */
export interface ValidationState {
  readonly problem: ValidationProblem;
  readonly scheme: ValidationScheme;
  readonly started: number;
  /** The fit on all rows (the training rows of a train/test split). */
  readonly whole: SplitEvaluation;
  /** Per direction: one entry a split that was evaluated. */
  readonly heldOut: LabelledProjections[][];
  /** Scores already made, by direction and number of splits: reports are assembled again and again. */
  readonly scores: Map<string, ScoredComponent>;
  readonly permutations: PermutationState;
  grid?: GridReport;
  stability?: StabilityReport;
  readonly warnings: string[];
  readonly omitted: string[];
}

/** Statistics of labellings, each as `exchangeStatistics` writes them; holes while they are being made. */
export interface PermutationState {
  readonly requested: number;
  observed?: Float64Array;
  readonly first: (Float64Array | undefined)[];
  /** Of the first permutations, on the folds of the second repeat. */
  readonly second: (Float64Array | undefined)[];
}
