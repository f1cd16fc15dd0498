import type { DirectionName } from "../../../src/protocol/direction.ts";
import { scoredComponent } from "../../../src/protocol/findings/directionReport.ts";
import { formatChosen, formatShare } from "../../../src/protocol/words/numbers.ts";
import { perRow } from "../../../src/protocol/words/perRow.ts";
import type { ScoredComponent, ScoreRanges, Stability } from "../../../src/protocol/results.ts";
import { sameChoice, type ComponentView } from "../../../src/protocol/views/runView.ts";
import { text } from "../../text.ts";
import { currentReport, type PanelModel } from "../panelModel.ts";

/** Held-out scores of the rows of both conditions on one component; NaN for rows that were never tested. */
export interface HeldOutRows {
  readonly target: Float64Array;
  readonly reference: Float64Array;
  /** Smallest and largest score over the repeats. */
  readonly ranges?: { readonly target: ScoreRanges; readonly reference: ScoreRanges };
}

/** What a picture is drawn from: held out, or in sample and why. */
export type Evidence<Known> =
  | { readonly kind: "heldOut"; readonly known: Known }
  | { readonly kind: "inSample"; readonly why: string };

const kept = new WeakMap<ScoredComponent, HeldOutRows>();

/** The rows of one component, held out if that is known of what is shown and wanted. */
export function rowEvidence(
  model: PanelModel,
  direction: DirectionName,
  index: number,
): Evidence<HeldOutRows> {
  const found = componentEvidence(model, direction, index);
  if (found.kind === "inSample") return found;
  const rows = model.run && heldOutRows(found.known, model.run.summary);
  return rows
    ? { kind: "heldOut", known: rows }
    : { kind: "inSample", why: text("evidence.notKept") };
}

/** The scores of one component, if held-out values are known of what is shown, and wanted. */
export function componentEvidence(
  model: PanelModel,
  direction: DirectionName,
  index: number,
): Evidence<ScoredComponent> {
  if (model.ui.evidence === "inSample") return { kind: "inSample", why: text("evidence.chosen") };
  const absent = whyNothing(model);
  const report = currentReport(model);
  if (absent !== undefined || !report) return { kind: "inSample", why: absent ?? "" };
  const own = report.directions[direction];
  const scored = scoredComponent(own, index);
  if (scored === undefined) {
    return {
      kind: "inSample",
      why: text("evidence.beyond", { tested: own.components.length }),
    };
  }
  if (scored.heldOut === null) return { kind: "inSample", why: text("evidence.failed") };
  return { kind: "heldOut", known: scored };
}

/** The bootstrap of component 1 of what is shown; undefined for other components and before it is known. */
export function shownStability(
  model: PanelModel,
  direction: DirectionName,
  index: number,
): Stability | undefined {
  if (index > 0 || model.ui.evidence === "inSample") return undefined;
  return currentReport(model)?.directions[direction].stability;
}

/** Why the loadings of a later component have no intervals beside them; empty if those of component 1 have none either. */
export function whyNoStability(model: PanelModel, direction: DirectionName, index: number): string {
  if (index === 0 || currentReport(model)?.directions[direction].stability === undefined) return "";
  return text("evidence.loadings.first");
}

/** Why nothing is held out of what is shown, as far as all components are concerned; undefined if something is. */
export function whyNothing(model: PanelModel): string | undefined {
  const { validation } = model;
  const report = currentReport(model);
  const running = validation.starting || validation.progress !== undefined;
  if (report !== null) {
    const { heldOut } = report.directions[model.ui.front];
    if (heldOut !== null) return undefined;
    return text(running ? "evidence.running" : "evidence.failed");
  }
  if (running) return text("evidence.running");
  const { report: other, solution, gaveUp } = validation;
  if (gaveUp && model.run && sameChoice(model.run.controls, gaveUp.solution)) {
    return text(gaveUp.how === "cancelled" ? "evidence.cancelled" : "evidence.gaveUp");
  }
  if (other !== null && solution !== undefined) {
    return text("evidence.other", {
      shrinkage: formatChosen(solution.shrinkage),
      share: formatShare(solution.variance),
    });
  }
  return text("evidence.none");
}

/** The same object for the same scores, so that nothing is drawn twice. */
function heldOutRows(
  scored: ScoredComponent,
  summary: Parameters<typeof perRow>[0],
): HeldOutRows | undefined {
  const { heldOutScoreRanges } = scored;
  const heldOutScores = perRow(summary, scored.heldOutScores);
  if (heldOutScores === undefined) return undefined;
  const known = kept.get(scored);
  if (known) return known;
  const numbers = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(values, (value) => value ?? NaN);
  const made: HeldOutRows = {
    target: numbers(heldOutScores.target),
    reference: numbers(heldOutScores.reference),
    ...(heldOutScoreRanges === undefined ? {} : { ranges: heldOutScoreRanges }),
  };
  kept.set(scored, made);
  return made;
}

/** Which rows are held out together, if that is known of the rows of the run. */
export function shownClusters(model: PanelModel) {
  const members = currentReport(model)?.clusters.members;
  return model.run && perRow(model.run.summary, members);
}

/** Whether row i of one condition may belong to row i of the other: not if they were found to be pairs in another order. */
export function mayJoinByNumber(model: PanelModel): boolean {
  if (model.run === undefined) return false;
  const { target, reference, atHand } = model.run.summary;
  const warnings = currentReport(model)?.warnings ?? [];
  return (
    atHand === undefined &&
    target.rows === reference.rows &&
    !warnings.some(({ code }) => code === "misalignedPairs")
  );
}

/** What a drawing shows of the rows: their held-out scores, or their projections in sample. */
export function rowValues(
  evidence: Evidence<HeldOutRows>,
  component: ComponentView,
): { readonly target: Float64Array; readonly reference: Float64Array } {
  return evidence.kind === "heldOut"
    ? evidence.known
    : { target: component.targetProjections, reference: component.referenceProjections };
}
