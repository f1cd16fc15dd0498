import type {
  DirectionReport,
  ScoredComponent,
  ValidationReport,
} from "../../src/protocol/results.ts";
import type { DirectionName, RunView } from "../../src/protocol/runView.ts";
import { text } from "../text.ts";
import { formatProbability, formatProse, formatRatio } from "../../src/protocol/numbers.ts";
import { rolesOf, rowNoun, separationOf, variancesOf } from "./roles.ts";
import { splitSpectrum } from "./spectrum.ts";

/** The one sentence at the top, and where it applies the sentence that takes it back. */
export interface Headline {
  readonly sentence: string;
  /** Why the sentence may not hold on new rows; absent where nothing speaks against it. */
  readonly doubt?: string;
}

/**
 * What one component does, in plain words, with the in-sample ratio beside the held-out one.
 * @param index of the component, from 0
 * @param validation null while none has run
 */
export function headline(
  view: RunView,
  direction: DirectionName,
  index: number,
  validation: ValidationReport | null,
): Headline {
  const { summary } = view;
  const roles = rolesOf(summary, direction);
  const component = index + 1;
  const variances = variancesOf(summary, direction, index);
  const { positive } = splitSpectrum(separationOf(summary, direction).eigenvalues);
  if (variances === undefined || index >= positive.length) {
    return { sentence: text("headline.null", { component, carried: roles.carried }) };
  }
  const report = validation === null ? undefined : directionReport(validation, direction);
  const scored = report === undefined ? undefined : scoredComponent(report, index);
  const rows = rowNoun(view.sentences !== undefined);
  const doubt =
    report && scored
      ? doubtOf(report, scored, index, roles.carried, roles.silent, rows)
      : undefined;
  const claim = {
    component,
    carried: roles.carried,
    silent: roles.silent,
    carriedVariance: formatProse(variances.carried),
    silentVariance: formatProse(variances.silent),
  };
  const sentence =
    variances.ratio <= 1
      ? text("headline.doesNot", claim)
      : doubt === undefined
        ? text("headline.carries", claim)
        : text("headline.seems", claim);
  const inSample = formatRatio(variances.ratio);
  const permutations = validation?.permutations;
  const finished = permutations === undefined || permutations.count >= permutations.requested;
  const evidence = evidenceOf(inSample, report, scored, index, rows, finished);
  return { sentence: `${sentence} ${evidence}`, ...(doubt === undefined ? {} : { doubt }) };
}

/** The report of one direction; the forward one is the report itself. */
export function directionReport(
  validation: ValidationReport,
  direction: DirectionName,
): DirectionReport {
  return direction === "forward" ? validation : validation.swapped;
}

/** The scores of one component; undefined where the validation did not reach it. */
export function scoredComponent(
  report: DirectionReport,
  index: number,
): ScoredComponent | undefined {
  return index === 0 ? report : report.components[index];
}

function evidenceOf(
  inSample: string,
  report: DirectionReport | undefined,
  scored: ScoredComponent | undefined,
  index: number,
  rows: string,
  finished: boolean,
): string {
  if (report === undefined) return text("headline.untested", { inSample, rows });
  if (scored?.heldOut === null) return text("headline.notHeldOut", { inSample, rows });
  if (scored === undefined) {
    return text("headline.partlyTested", { inSample, rows, tested: report.components.length });
  }
  const heldOut = formatRatio(scored.heldOut.ratio);
  const probability = heldOutProbability(report, scored, index);
  if (probability === undefined) return text("headline.tested", { inSample, heldOut, rows });
  const exact = formatProbability(probability);
  const p = finished ? exact : text("headline.soFar", { p: exact });
  return text("headline.testedWithP", { inSample, heldOut, rows, p });
}

function doubtOf(
  report: DirectionReport,
  scored: ScoredComponent,
  index: number,
  carried: string,
  silent: string,
  rows: string,
): string | undefined {
  if (scored.heldOut === null) return undefined;
  if (scored.heldOut.ratio <= 1) return text("verdict.below", { carried, silent, rows });
  const interval = scored.heldOutRatioInterval;
  if (interval !== undefined && interval.low <= 1) {
    return text("verdict.intervalIncludesOne", {
      rows,
      low: formatRatio(interval.low),
      high: formatRatio(interval.high),
    });
  }
  const p = heldOutProbability(report, scored, index);
  if (p !== undefined && p > 0.05) {
    return text("verdict.nullReaches", { p: formatProbability(p) });
  }
  return undefined;
}

/**
 * p of a component's held-out ratio: component 1 by its own null, later ones by the maximum over the
 * components (many were looked at).
 */
export function heldOutProbability(
  report: DirectionReport,
  scored: ScoredComponent,
  index: number,
): number | undefined {
  return index === 0 ? report.permutation?.heldOut?.p : scored.correctedP?.heldOut;
}
