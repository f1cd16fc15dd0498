import type { DirectionReport, ValidationWarning, Verdict } from "./report.ts";

/** At and below this p a direction is taken to be there. */
export const significance = 0.05;

/** Dependence between rows that makes every p wrong unless it is taken into account. */
const dependence: readonly ValidationWarning["code"][] = [
  "repeatedRows",
  "sharedTemplates",
  "misalignedPairs",
];

/**
 * The verdict on one direction, by this rule and no other:
 *
 * 1. *cannot tell*: there is no held-out ratio, or no p that labels could make significant, or rows repeat, share
 *    templates or stand in another order than their pairs and this was switched off;
 * 2. else *does not hold*: the held-out ratio is 1 or less, or it says no more than that one condition is larger
 *    overall;
 * 3. else *holds*: p of this direction is at most 0.05 and its interval lies above 1;
 * 4. else *not shown*.
 * @param labellings how many labellings the permutations choose from
 * @param ignored dependence that was found and switched off
 */
export function verdictOn(
  report: Pick<DirectionReport, "heldOut" | "heldOutRatioInterval" | "permutation">,
  scaleOnly: boolean,
  labellings: number,
  ignored: readonly ValidationWarning["code"][],
): Verdict {
  const { heldOut, heldOutRatioInterval: interval, permutation } = report;
  const p = permutation?.heldOut?.p;
  const canBeSignificant = 1 / labellings <= significance;
  const trusted = !ignored.some((code) => dependence.includes(code));
  // What is no number is not smaller than 1 either: nothing was measured.
  if (heldOut === null || Number.isNaN(heldOut.ratio)) return "cannot-tell";
  if (p === undefined || !canBeSignificant || !trusted) return "cannot-tell";
  if (!(heldOut.ratio > 1) || scaleOnly) return "does-not-hold";
  return p <= significance && interval !== undefined && interval.low > 1 ? "holds" : "not-shown";
}

/** The ratio of the variances, carried over silenced, in all directions but the one in question. */
export interface RestRatio {
  readonly ratio: number;
  /** Under permuted labels. */
  readonly p: number;
}

/**
 * Whether a direction says no more than that the carried condition is larger overall: it is larger in all other
 * directions together, beyond what permuted labels give, and the interval of the direction's ratio, which is above 1,
 * reaches down to that.
 */
export function isScaleOnly(
  report: Pick<DirectionReport, "heldOut" | "heldOutRatioInterval">,
  rest: RestRatio,
): boolean {
  const { heldOut, heldOutRatioInterval: interval } = report;
  // A ratio of 1 or less fails by itself; size explains nothing about it.
  if (heldOut === null || heldOut.ratio <= 1 || rest.p > significance) return false;
  return rest.ratio > 1 && (interval?.low ?? heldOut.ratio) <= rest.ratio;
}
