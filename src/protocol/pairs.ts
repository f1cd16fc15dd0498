import type { ConditionSource } from "../conditions/condition.ts";
import type { ValidationReport } from "../ged/validation/report.ts";
import type { SweepRequest, SweptLayer } from "./sweep.ts";

/** GED between every two labels of one column. */
export type PairsRequest = Pick<SweepRequest, "options" | "validation"> & {
  readonly source: ConditionSource;
  readonly column: string;
};

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
