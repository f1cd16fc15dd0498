import { heldOutProbability, scoredComponent } from "./directionReport.ts";
import type { DirectionName } from "../direction.ts";
import { reasonOf } from "../words/reason.ts";
import type { DirectionReport, ValidationReport } from "../results.ts";
import type { Say } from "../strings.ts";
import type { NumberFormats, Subject } from "../subject.ts";

/** The headline in parts: "him vs her", "holds", and what speaks for it and against it. */
export interface Finding {
  readonly pair: string;
  /** In a word or two; absent for later components, for the verdict is on the first. */
  readonly verdict?: string;
  readonly sentence: string;
  /** Why the verdict is not *holds*; absent if it is, or if there is none yet. */
  readonly reason?: string;
}

/**
 * One component in plain words: held out first as soon as that is known, and never a p beside a number that it does
 * not test.
 * @param validation null before any
 * @param running whether the validation goes on, so that p is not the last word
 */
export function describeFinding(
  subject: Subject,
  validation: ValidationReport | null,
  direction: DirectionName,
  running: boolean,
  say: Say,
  formats: NumberFormats,
): Finding {
  const { carried, silent, rows, index, carriedVariance, silentVariance } = subject;
  const report = validation === null ? undefined : validation.directions[direction];
  const scored = report === undefined ? undefined : scoredComponent(report, index);
  const component = index + 1;
  const pair = say("headline.pair", { carried, silent });
  const inSample = formats.ratio(carriedVariance / silentVariance);
  const verdictOf = (word: string): Pick<Finding, "verdict"> =>
    index === 0 ? { verdict: word } : {};
  if (validation === null || report === undefined || !scored?.heldOut) {
    const why =
      report === undefined
        ? say("headline.notYet", { rows })
        : scored === undefined
          ? say("headline.partlyTested", { rows, tested: report.components.length })
          : say("headline.notHeldOut", { rows });
    const sentence = say("headline.inSample", {
      ...{ component, carried, silent, inSample, why },
      carriedVariance: formats.number(carriedVariance),
      silentVariance: formats.number(silentVariance),
    });
    const word = report === undefined ? "verdict.untested" : (`verdict.${report.verdict}` as const);
    return { pair, ...verdictOf(say(word)), sentence };
  }
  const open = running && isGrowing(validation);
  const p = heldOutProbability(report, index);
  const sentence = say("headline.heldOut", {
    ...{ component, carried, silent, rows, inSample },
    heldOut: formats.ratio(scored.heldOut.ratio),
    evidence: evidence(report, index, p, open, say, formats),
    permuted: permutedInSample(report, index, say, formats),
  });
  if (open) return { pair, ...verdictOf(say("verdict.running")), sentence };
  const reason = reasonOf(subject, validation, direction, say, formats);
  return {
    pair,
    ...verdictOf(say(`verdict.${report.verdict}`)),
    sentence,
    ...(reason === undefined ? {} : { reason }),
  };
}

function isGrowing({ permutations }: ValidationReport): boolean {
  return permutations === undefined || permutations.count < permutations.requested;
}

/** " (1.28 to 7.55; p = 0.013)", or as much of it as is known. */
function evidence(
  report: DirectionReport,
  index: number,
  probability: number | undefined,
  open: boolean,
  say: Say,
  formats: NumberFormats,
): string {
  const interval = scoredComponent(report, index)?.heldOutRatioInterval;
  const parts = [
    ...(interval === undefined
      ? []
      : [
          say("headline.interval", {
            low: formats.bare(interval.low),
            high: formats.bare(interval.high),
          }),
        ]),
    ...(probability === undefined
      ? []
      : [
          say(open ? "headline.pSoFar" : index === 0 ? "headline.p" : "headline.correctedP", {
            p: formats.probability(probability),
          }),
        ]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

/** What the same procedure finds in sample if labels are permuted; known of component 1 only. */
function permutedInSample(
  { inSample, permutation }: DirectionReport,
  index: number,
  say: Say,
  formats: NumberFormats,
): string {
  const median = permutation?.inSample.median;
  if (index > 0 || median === undefined || !Number.isFinite(median)) return "";
  return say(median < inSample.ratio ? "headline.permutedPart" : "headline.permutedAll", {
    median: formats.ratio(median),
  });
}
