import type { ValidationReport } from "./report.ts";

/** At and below this p a null distribution counts as left behind. */
const significance = 0.05;

/**
 * What a researcher must read before believing the headline, in plain words; empty where nothing speaks
 * against it.
 */
export function describeWarnings(report: ValidationReport): string[] {
  const warnings: string[] = [];
  const { heldOut, heldOutRatioInterval: interval, permutation, baselines } = report;
  if (heldOut !== null && interval !== undefined && interval.low <= 1) {
    warnings.push(
      `Held out, the variance ratio is ${times(heldOut.ratio)} with a 95 % interval of ${times(interval.low)} to ${times(interval.high)}, which includes 1: on new rows the separation may not be there.`,
    );
  }
  const tested = permutation?.heldOut ?? permutation?.inSample;
  if (tested !== undefined && tested.p > significance) {
    const where = permutation?.heldOut ? "held-out" : "in-sample";
    const reaching = Math.round(tested.p * (tested.permuted.length + 1)) - 1;
    warnings.push(
      `With labels exchanged at random the ${where} ratio reaches the observed ${times(tested.observed)} in ${reaching} of ${tested.permuted.length} permutations (p = ${tested.p.toPrecision(2)}): chance alone explains it.`,
    );
  }
  if (heldOut !== null && baselines !== undefined) {
    const simpler = [
      ["The mean difference", baselines.meanDifference.heldOut],
      ["The linear discriminant", baselines.linearDiscriminant.heldOut],
    ] as const;
    for (const [name, score] of simpler) {
      if (score === null) continue;
      if (score.ratio >= heldOut.ratio) {
        warnings.push(
          `${name}, a simpler direction, has a held-out variance ratio of ${times(score.ratio)} against ${times(heldOut.ratio)}: separating by variance gains nothing over it.`,
        );
      } else if (score.auc >= heldOut.auc) {
        warnings.push(
          `${name} tells held-out rows apart by their mean as well (AUC ${score.auc.toFixed(3)} against ${heldOut.auc.toFixed(3)}): component 1 adds a difference in variance, not a better classifier.`,
        );
      }
    }
  }
  return warnings;
}

/** Three significant digits and a factor sign. */
function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return "infinitely many times";
  const digits = ratio >= 100 ? Math.round(ratio).toLocaleString("en-US") : ratio.toPrecision(3);
  return `${digits}x`;
}
