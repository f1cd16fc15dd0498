import type { Directions } from "../../method/directions.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import type { Split, PreparedSplit } from "../../reduced/reduceRows.ts";
import type { RowSource } from "../../reduced/rowSource.ts";
import type { Units } from "../design/units.ts";
import type { DirectionLayout, SplitEvaluation } from "../scores/evaluateSplit.ts";
import type { GridAxes } from "../grid/grid.ts";
import type { PermutationPlan } from "../permutation/permuteLabels.ts";
import type { BootstrapFit, BootstrapProblem } from "../stability/bootstrap.ts";
import type { RowSums } from "../stability/rowSums.ts";
import type { PreparedTuningSplit, TuningProblem } from "../tuning/choose.ts";
import type { TuningSplit } from "../tuning/pairSplits.ts";

/** What every task of one validation needs; cloned once to each thread. */
export interface ValidationProblem {
  /** On shared memory. */
  readonly source: RowSource;
  /** [N] */
  readonly labels: Uint8Array;
  readonly units: Units;
  readonly options: FitOptions;
  readonly layout: DirectionLayout;
  readonly seed: number;
  /** Absent if labels cannot be permuted. */
  readonly permutation?: PermutationPlan;
}

/** One split's rows, reduced in two ways, for the tasks that fit them again and again. */
export interface ReducedSplit {
  /** About the mean of all training rows. */
  readonly plain: PreparedSplit;
  /** About the mean of the training rows of each row's own condition; for permutations. */
  readonly residual?: PreparedSplit;
}

/** Splits whose rows are reduced already. */
export interface PreparedProblem {
  readonly whole: ReducedSplit;
  /** The folds of each repeat; none if nothing is held out. */
  readonly repeats: readonly (readonly ReducedSplit[])[];
  /** Present if each labelling chooses its shrinkage and share. */
  readonly tuning?: TuningProblem;
}

/** One piece of work; its result depends on nothing but the problem and itself. */
export type Task =
  /** Reduces and evaluates one split, and hands the reductions back. */
  | {
      readonly kind: "split";
      readonly split: Split;
      /** The problem's if absent. */
      readonly options?: FitOptions;
    }
  /** Reduces one split, tries all shrinkages and shares on it, and hands the reduction back. */
  | { readonly kind: "tuning"; readonly split: TuningSplit; readonly axes: GridAxes }
  /** Statistics of permutations `start` to `stop` (exclusive); -1 is the observed labelling. */
  | {
      readonly kind: "permutation";
      readonly start: number;
      readonly stop: number;
      /** Present for component 1 alone, fitted with this shrinkage in place of the problem's. */
      readonly shrinkage?: number;
    }
  | {
      readonly kind: "grid";
      readonly repeat: number;
      readonly fold: number;
      readonly axes: GridAxes;
    }
  | {
      readonly kind: "resample";
      readonly index: number;
      readonly bootstrap: BootstrapProblem;
      /** Fits with the labels of the permutation of the same index. */
      readonly permuted: boolean;
    }
  /** Component 1 with the labels of one permutation. */
  | { readonly kind: "relabelled"; readonly index: number }
  /** One draw of the learning curve. */
  | { readonly kind: "learning"; readonly splits: readonly Split[] };

export type TaskResult =
  | {
      readonly kind: "split";
      readonly evaluation: SplitEvaluation;
      readonly prepared: ReducedSplit;
    }
  /** [stop - start, statistics] */
  | {
      readonly kind: "permutation";
      readonly statistics: Float64Array;
      /** Spent on choosing shrinkage and share. */
      readonly tuningSeconds: number;
    }
  | {
      readonly kind: "tuning";
      /** Of each part of the tested rows, as `gridSquares` returns them. */
      readonly squares: readonly Float64Array[];
      readonly prepared: PreparedTuningSplit;
      readonly seconds: number;
    }
  | { readonly kind: "grid"; readonly squares: Float64Array }
  | { readonly kind: "resample"; readonly fit: Directions<BootstrapFit> }
  | { readonly kind: "relabelled"; readonly sums: Directions<RowSums> }
  | { readonly kind: "learning"; readonly logarithms: Directions<number> };
