import type { Cancellation } from "../../../cancellation.ts";
import type { Interval, NullDistribution, RankedScore } from "../report.ts";
import type { Design } from "../design/design.ts";
import { permuteLabels, planPermutation } from "../permutation/permuteLabels.ts";
import { jackknifeIntervals } from "../scores/jackknife.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import { nullDistribution } from "../permutation/nullDistribution.ts";
import { scoreOutcomes, type Carries } from "../scores/scoreOutcomes.ts";
import { initialLabels } from "../design/units.ts";

/** A direction that was found elsewhere, and the rows of two other conditions on it. */
export interface TransferInput {
  /** [nA], uncentred projections of the target's rows on the unit direction. */
  readonly target: Float64Array;
  /** [nB] */
  readonly reference: Float64Array;
  /** Whose variance the direction was fitted to carry. */
  readonly carries: Carries;
  /** Whether the target's mean was the higher one where the direction was found. */
  readonly upright: boolean;
  /** How the rows depend on each other. */
  readonly design: Design;
}

/** What a direction is worth on data that had no part in finding it: every number is held out. */
export interface TransferReport {
  readonly score: RankedScore;
  /** Jackknife over pairs (groups, rows). */
  readonly ratioInterval: Interval;
  readonly aucInterval: Interval;
  /** Of the ratio, under permuted labels of these rows; absent without permutations. */
  readonly permutation?: NullDistribution;
}

/**
 * Scores a saved direction on other files: another template family, another pronoun, another layer of equal
 * width. Distances are taken from these rows' own means, since another source lies elsewhere; the orientation
 * of the AUC is that of the data on which the direction was found.
 * @throws EigenlensError "condition" if no label can be permuted; CancelledError between permutations
 */
export function transferDirection(
  input: TransferInput,
  options: {
    readonly permutations: number;
    readonly seed: number;
    readonly cancellation?: Cancellation;
  },
): TransferReport {
  const { target, reference, carries, upright, design } = input;
  const { units } = design;
  const labels = initialLabels(target.length, reference.length);
  // Residuals: permuting labels must not mix the difference of means into the variances.
  const residuals = new Float64Array(labels.length);
  residuals.set(aboutMean(target));
  residuals.set(aboutMean(reference), target.length);
  const part = {
    target,
    reference,
    targetRows: Int32Array.from(target.keys()),
    referenceRows: Int32Array.from(reference.keys(), (row) => row + target.length),
    targetMean: mean(target),
    referenceMean: mean(reference),
    upright,
  };
  const score = scoreOutcomes([[part]], carries);
  const intervals = jackknifeIntervals([part], carries, units);
  const report = { score, ratioInterval: intervals.ratio, aucInterval: intervals.auc };
  if (options.permutations === 0) return report;
  const plan = planPermutation(labels, units);
  const ratios = Array.from({ length: options.permutations }, (_, index) => {
    options.cancellation?.throwIfRequested();
    const permuted = permuteLabels(labels, plan, options.seed, index);
    const ratio =
      variance(residuals, (row) => permuted[row] === targetLabel) /
      variance(residuals, (row) => permuted[row] !== targetLabel);
    return carries === "target" ? ratio : 1 / ratio;
  });
  return { ...report, permutation: nullDistribution(score.ratio, ratios) };
}

function aboutMean(values: Float64Array): Float64Array {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array, chosen: (row: number) => boolean): number {
  const own = values.filter((_value, row) => chosen(row));
  const centre = mean(own);
  return own.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (own.length - 1);
}
