import { directionNames } from "../../../src/protocol/direction.ts";
import type { ValidationReport } from "../../../src/protocol/results.ts";
import type { NeuronStatistics, RunView } from "../../../src/protocol/views/runView.ts";
import { formatProse } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";
import { differenceOfMeans } from "./directions.ts";

/** `no` is "not shown": there may be a difference that these rows do not show. */
export type Difference = "yes" | "no" | "unknown";

/** What the conditions differ in, as far as held-out rows tell. */
export interface Differences {
  readonly means: Difference;
  readonly variances: Difference;
}

/**
 * Means differ if a direction of the means (mean difference, linear discriminant) tells held-out rows apart with an AUC
 * whose 95 % interval lies above 0.5, as in the warnings of a validation; variances, if the verdict on one direction is
 * "holds". Nothing in sample counts.
 * @param report of what is shown; null if there is none
 */
export function differencesOf(report: ValidationReport | null): Differences {
  return { means: meansDiffer(report), variances: variancesDiffer(report) };
}

function meansDiffer(report: ValidationReport | null): Difference {
  const { baselines } = report ?? {};
  if (baselines === undefined) return "unknown";
  const lows = [baselines.meanDifference, baselines.linearDiscriminant].map(
    ({ heldOutAucInterval }) => heldOutAucInterval?.low,
  );
  if (lows.some((low) => low !== undefined && low > 0.5)) return "yes";
  return lows.includes(undefined) ? "unknown" : "no";
}

function variancesDiffer(report: ValidationReport | null): Difference {
  const verdicts = report ? directionNames.map((name) => report.directions[name].verdict) : [];
  if (verdicts.includes("holds")) return "yes";
  return report === null || verdicts.includes("cannot-tell") ? "unknown" : "no";
}

/** How far the means are apart, in sample, in root-mean-square distances of a row from the mean of its condition. */
export interface Distance {
  readonly distance: number;
  /** What independent rows of equal means give: `sqrt((tr S / n + tr R / m) / ((tr S + tr R) / 2))` (Dempster 1958). */
  readonly chance: number;
}

/** @returns undefined if no row differs from its mean */
export function distanceOfMeans({
  neurons,
  summary,
}: Pick<RunView, "neurons" | "summary">): Distance | undefined {
  const scale = largestOf(neurons);
  const target = sum(neurons.targetVariance, scale);
  const reference = sum(neurons.referenceVariance, scale);
  const spread = (target + reference) / 2;
  if (!(spread > 0)) return undefined;
  const difference = differenceOfMeans(neurons);
  const root = Math.sqrt(scale);
  const squared = difference.reduce((total, value) => total + (value / root) ** 2, 0);
  const expected = target / summary.target.rows + reference / summary.reference.rows;
  return { distance: Math.sqrt(squared / spread), chance: Math.sqrt(expected / spread) };
}

/** By this everything is divided, so that no sum overflows. */
function largestOf({ targetVariance, referenceVariance }: NeuronStatistics): number {
  const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0);
  return Math.max(largest(targetVariance), largest(referenceVariance)) || 1;
}

function sum(values: Float64Array, scale: number): number {
  return values.reduce((total, value) => total + value / scale, 0);
}

/** The finding in one sentence. */
export function differencesSentence(run: RunView, report: ValidationReport | null): string {
  const { means, variances } = differencesOf(report);
  return text(`means.differ.${means}.${variances}`, {
    target: run.summary.target.name,
    reference: run.summary.reference.name,
  });
}

/** What the finding goes by: the rule, and how far the means are apart. */
export function differencesGrounds(run: RunView): string {
  const found = distanceOfMeans(run);
  const distance =
    found &&
    (found.distance === 0
      ? text("means.equal")
      : text("means.distance", {
          distance: formatProse(found.distance),
          chance: formatProse(found.chance),
        }));
  const untested = run.summary.atHand && text("means.fromMoments");
  return [text("means.rule"), untested, distance].filter((part) => part !== undefined).join(" ");
}
