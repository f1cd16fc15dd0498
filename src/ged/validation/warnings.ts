import type { Conditioning } from "./scale/conditioning.ts";
import { directionNames, rolesOfDirection, type Directions } from "../method/directions.ts";
import { traceRatioOf } from "./scale/traceRatio.ts";
import type { DirectionReport, ValidationReport, ValidationWarning } from "./report.ts";
import { countReaching } from "./permutation/nullDistribution.ts";
import { significance } from "./verdict.ts";

/** Above this condition number the last digits of a division are noise. */
const largestConditionNumber = 1e12;
/** Beyond this ratio of the traces the compression sees one condition alone. */
const largestTraceRatio = 1e3;
/** Above this share of the variance one neuron is the whole compression. */
const dominantShare = 0.9;

/** What {@link describeWarnings} judges by besides the report. */
export interface WarningFacts {
  readonly conditioning: Conditioning;
  readonly scaleOnly: Directions<boolean>;
  /** The neuron with the largest share of the average variance; absent if neurons are not at hand. */
  readonly largestNeuron?: { readonly neuron: number; readonly share: number };
}

/** What a researcher must read before believing the headline; empty if nothing speaks against it. */
export function describeWarnings(
  report: ValidationReport,
  facts: WarningFacts,
): ValidationWarning[] {
  return [
    ...ratioWarnings(report.directions.forward),
    ...scaleWarnings(report, facts),
    ...meanWarnings(report),
    ...matrixWarnings(report, facts),
  ];
}

function ratioWarnings(report: DirectionReport): ValidationWarning[] {
  const warnings: ValidationWarning[] = [];
  const { heldOut, heldOutRatioInterval: interval, permutation } = report;
  if (heldOut !== null && interval !== undefined && interval.low <= 1 && interval.high >= 1) {
    warnings.push({
      code: "intervalIncludesOne",
      text: `Held out, the variance ratio is ${times(heldOut.ratio)} with a 95 % interval of ${times(interval.low)} to ${times(interval.high)}, which includes 1: on new rows the separation may not be there.`,
    });
  }
  const tested = permutation?.heldOut ?? permutation?.inSample;
  if (tested !== undefined && tested.p > significance) {
    const where = permutation?.heldOut ? "held-out" : "in-sample";
    const reaching = countReaching(tested.observed, tested.permuted);
    warnings.push({
      code: "nullReaches",
      text: `With permuted labels the ${where} ratio reaches the observed ${times(tested.observed)} in ${reaching} of ${tested.permuted.length} permutations (p = ${tested.p.toPrecision(2)}): these rows do not show that the separation is more than chance.`,
    });
  }
  return warnings;
}

function scaleWarnings(report: ValidationReport, { scaleOnly }: WarningFacts): ValidationWarning[] {
  const warnings: ValidationWarning[] = [];
  for (const direction of directionNames) {
    const { heldOut, relativeRatio } = report.directions[direction];
    if (!scaleOnly[direction] || heldOut === null || relativeRatio === undefined) continue;
    const { carried } = rolesOfDirection[direction];
    const traceRatio = traceRatioOf(report, direction);
    warnings.push({
      code: "scaleOnly",
      text: `The ${carried} varies ${times(traceRatio)} as much as the other condition in all directions together, and the direction's held-out ratio of ${times(heldOut.ratio)} is ${times(relativeRatio)} of that, which its interval does not set apart from 1: the ${carried} is larger overall, and no direction of its own is shown. Compare rows of equal norm (divide each by its length) to look for one.`,
    });
  }
  return warnings;
}

/** One line on means: they separate, or a direction chosen for them separates variances as well. */
function meanWarnings({ directions, baselines }: ValidationReport): ValidationWarning[] {
  const { heldOut } = directions.forward;
  const difference = baselines?.meanDifference.heldOut ?? null;
  const discriminant = baselines?.linearDiscriminant.heldOut ?? null;
  if (heldOut === null || difference === null || discriminant === null) return [];
  const [name, best] =
    discriminant.ratio > difference.ratio
      ? ["the linear discriminant", discriminant]
      : ["the mean difference", difference];
  if (best.ratio > 1 && best.ratio >= heldOut.ratio) {
    return [
      {
        code: "meanSeparates",
        text: `A direction chosen by the means alone, ${name}, has a held-out variance ratio of ${times(best.ratio)} against ${times(heldOut.ratio)}: separating by variance gains nothing over it.`,
      },
    ];
  }
  // An area that its interval does not set apart from a coin's tells no rows apart.
  const separates = [baselines?.meanDifference, baselines?.linearDiscriminant].some(
    (scored) => (scored?.heldOutAucInterval?.low ?? 0) > 0.5,
  );
  const areas = [difference, discriminant, heldOut].map(({ auc }) => auc ?? NaN);
  const [byDifference, byDiscriminant, own] = areas;
  if (!separates || Math.max(byDifference, byDiscriminant) < own) return [];
  return [
    {
      code: "meanSeparates",
      text: `The conditions differ in their means too: the mean difference tells held-out rows apart with an AUC of ${byDifference.toFixed(3)}, the linear discriminant with ${byDiscriminant.toFixed(3)}, component 1 with ${own.toFixed(3)}. Component 1 adds a difference in variance, not a better classifier.`,
    },
  ];
}

function matrixWarnings(report: ValidationReport, facts: WarningFacts): ValidationWarning[] {
  const warnings: ValidationWarning[] = [];
  const { conditioning, largestNeuron } = facts;
  if (largestNeuron !== undefined && largestNeuron.share > dominantShare) {
    warnings.push({
      code: "dominantNeuron",
      text: `Neuron ${largestNeuron.neuron} alone has ${percent(largestNeuron.share)} of the variance, so the compression keeps little else: leave it out, or scale neurons to comparable variances over both conditions together, and run again.`,
    });
  }
  if (conditioning.components <= 2) {
    const k = conditioning.components;
    warnings.push({
      code: "fewComponents",
      text: `Only ${k} component${k === 1 ? " is" : "s are"} kept, so there is hardly a choice of direction: keep a larger share of the variance, or check whether a few neurons or rows dominate it.`,
    });
  }
  const { conditionNumber, gamma } = conditioning;
  const worse = conditionNumber.forward >= conditionNumber.swapped ? "forward" : "swapped";
  const condition = Math.max(conditionNumber.forward, conditionNumber.swapped);
  if (!(condition <= largestConditionNumber)) {
    warnings.push({
      code: "illConditioned",
      text: `A shrunk covariance has a condition number of ${condition.toExponential(1)} at a shrinkage of ${gamma[worse]}, so that eigenvalues keep hardly a digit: choose a larger shrinkage, such as 0.01.`,
    });
  }
  const traces = Math.max(report.traceRatio, 1 / report.traceRatio);
  if (!(traces <= largestTraceRatio)) {
    const [larger, smaller] =
      report.traceRatio > 1 ? ["target", "reference"] : ["reference", "target"];
    warnings.push({
      code: "illConditioned",
      text: `The ${larger} varies ${times(traces)} as much as the ${smaller}, so the compression sees the ${larger} alone and what is left of the ${smaller} is near rounding: check that both were recorded in the same units, or divide every row of both by its own length.`,
    });
  }
  return warnings;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Three significant digits and a factor sign. */
function times(ratio: number): string {
  if (!Number.isFinite(ratio)) return "infinitely many times";
  if (ratio !== 0 && (ratio < 1e-3 || ratio >= 1e9)) return `${ratio.toExponential(2)}×`;
  const digits = ratio >= 100 ? Math.round(ratio).toLocaleString("en-US") : ratio.toPrecision(3);
  return `${digits}×`;
}
