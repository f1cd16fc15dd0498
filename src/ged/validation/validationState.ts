import type { Directions } from "../method/directions.ts";
import type { Design } from "./design/design.ts";
import type { SplitEvaluation } from "./scores/evaluateSplit.ts";
import type { GridReport } from "./grid/gridReport.ts";
import type { HeldOutScoreSums } from "./scores/heldOutScores.ts";
import type { LabelledProjections } from "./scores/scoreOutcomes.ts";
import type { Scale } from "./scale/scale.ts";
import type { ValidationProblem } from "./tasks/task.ts";
import type {
  LearningPoint,
  ScoredComponent,
  ValidationScheme,
  ValidationWarning,
} from "./report.ts";
import type { Stability } from "./stability/report.ts";
import type { WarningFacts } from "./warnings.ts";
import type { Tuning } from "./tuning/report.ts";

/** What is known of a validation so far; the report is assembled from it at any moment. */
export interface ValidationState {
  readonly problem: ValidationProblem;
  readonly scheme: ValidationScheme;
  readonly design: Design;
  readonly scale: Scale;
  readonly facts: Pick<WarningFacts, "conditioning" | "largestNeuron">;
  readonly started: number;
  /** The fit on all rows (the training rows of a train/test split). */
  readonly whole: SplitEvaluation;
  /** Per direction and repeat: one entry per split that was evaluated. */
  readonly heldOut: LabelledProjections[][][];
  /** Of the first components of both directions. */
  readonly heldOutScores: Directions<readonly HeldOutScoreSums[]>;
  /** Of the baselines, about the middle of both means. */
  readonly baselineScores: {
    readonly meanDifference: HeldOutScoreSums;
    readonly linearDiscriminant: HeldOutScoreSums;
  };
  /** Scores already made, by direction and number of repeats: reports are assembled again and again. */
  readonly scores: Map<string, ScoredComponent>;
  readonly permutations: PermutationState;
  /** Fingerprint of how labels are permuted; absent if they are not. */
  readonly labelling?: string;
  /** Absent if shrinkage and share are the run's own. */
  readonly tuning?: Omit<Tuning, "seconds">;
  /** Of processors, for choosing shrinkage and share. */
  tuningSeconds: number;
  grid?: GridReport;
  second?: SecondFitState;
  stability?: Directions<Stability>;
  /** Of both directions, as far as its draws have come. */
  learningCurve?: Directions<readonly LearningPoint[]>;
  readonly warnings: ValidationWarning[];
  readonly omitted: string[];
}

/** Statistics of labellings, each as `permutationStatistics` writes them; holes while they are being made. */
export interface PermutationState {
  readonly requested: number;
  /** Whether they may end before as many as requested, and p are sequential ones. */
  readonly sequential: boolean;
  /** Whether they have ended so. */
  ended: boolean;
  observed?: Float64Array;
  readonly permuted: (Float64Array | undefined)[];
}

/** Of component 1 with the second shrinkage: of each labelling what `permutationStatistics` writes of one component. */
export interface SecondFitState {
  readonly shrinkage: number;
  observed?: Float64Array;
  readonly permuted: (Float64Array | undefined)[];
}
