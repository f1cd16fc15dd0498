import type { ConditionSource } from "../conditions/condition.ts";
import type { LabelColumn } from "../conditions/labelColumns.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import { directionNames } from "./direction.ts";
import type { SweepRequest, SweptLayer } from "./sweep.ts";

export type { LabelColumn };

/** More labels than this are no matrix that anyone reads, and 190 runs. */
export const mostLabels = 20;

const leastPermutations = 1000;
/** So many permutations per test let a corrected p come down to 0.05. */
const mostTimes = 20;

/** How many permutations each pair needs, so that one of so many pairs can be shown at all once all are counted. */
export function pairPermutations(pairs: number): number {
  return Math.max(leastPermutations, mostTimes * directionNames.length * pairs - 1);
}

/** The labels of one column, and every two of them as target and reference, in the labels' order. */
export interface LabelPairs {
  /** Most frequent first. */
  readonly labels: readonly string[];
  readonly pairs: readonly LabelPair[];
}

export interface LabelPair {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
}

/** GED between every two labels of one column. */
export type PairsRequest = LabelPairs & Pick<SweepRequest, "options" | "validation">;

/** All pairs of labels. */
export interface ComparedPairs {
  /** Most frequent first. */
  readonly labels: readonly string[];
  /** Every two labels once, since a run has both directions; row by row of the matrix. */
  readonly pairs: readonly ComparedPair[];
  /** One per pair, to be kept with its run; null if it was not validated. */
  readonly reports: readonly (ValidationReport | null)[];
}

/** What one pair gave; `error` if it gave nothing. Its `correctedP` count all pairs and both directions. */
export type ComparedPair = Omit<SweptLayer, "layer" | "label">;
