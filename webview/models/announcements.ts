import type { RunView } from "../../src/protocol/views/runView.ts";
import { engineText, text } from "../text.ts";
import { formatLabel } from "../../src/protocol/words/numbers.ts";
import { shownColours } from "./neurons/neuronColours.ts";
import { savedReport, type PanelModel } from "./panelModel.ts";
import { rolesOf } from "./roles.ts";
import { steeringAnnouncement } from "./steering/sentences.ts";
import { transferSentences, transferWarnings } from "./validation/transfers.ts";

/**
 * What a screen reader should be told of the step from one model to the next: the panel's state, a
 * new solution, another component, a finished validation. Undefined if nothing is worth it.
 */
export function announcementOf(
  before: PanelModel | undefined,
  after: PanelModel,
): string | undefined {
  const { state, run, ui } = after;
  if (state !== before?.state) {
    if (state?.kind === "computing") {
      const sameStep =
        before?.state?.kind === "computing" && before.state.progress.step === state.progress.step;
      return sameStep ? undefined : engineText(state.progress.step);
    }
    if (state?.kind === "failed") return text("state.failed", { title: state.title });
    if (state?.kind === "empty") return text("state.empty.title");
  }
  if (!run) return undefined;
  if (before && after.copies !== before.copies) return text("announce.copied");
  const { summary } = run;
  if (run !== before?.run) {
    if (before?.run?.runId === run.runId) {
      return text("announce.resolved", {
        components: summary.compression.components,
        eigenvalue: formatLabel(summary.directions[ui.front].eigenvalues[0] ?? NaN),
      });
    }
    return text("state.ready", {
      target: summary.target.name,
      reference: summary.reference.name,
    });
  }
  if (ui.front !== before.ui.front || ui.component !== before.ui.component) {
    return text("announce.component", {
      component: ui.component[ui.front] + 1,
      ...rolesOf(summary, ui.front),
    });
  }
  if (after.rows !== before.rows && after.rows.length > 1) {
    return text("announce.rows", { count: after.rows.length });
  }
  const colours = shownColours(after.colour);
  if (colours && colours !== shownColours(before.colour)) {
    return text("announce.coloured", { neuron: colours.neuron });
  }
  if (after.steering !== before.steering) {
    const told = steeringAnnouncement(before, after);
    if (told !== undefined) return told;
  }
  if (after.transfers !== before.transfers) {
    const transferred = transferAnnouncement(before, after, run);
    if (transferred !== undefined) return transferred;
  }
  const wasRunning = before.validation.progress !== undefined || before.validation.starting;
  const { report, progress, starting, gaveUp } = after.validation;
  if (gaveUp && gaveUp !== before.validation.gaveUp) return text(`announce.${gaveUp.how}`);
  if (wasRunning && report !== null && progress === undefined && !starting) {
    return text("announce.validated");
  }
  return undefined;
}

/** A transfer that began, one that is done (its finding and what to doubt), or one that was removed. */
function transferAnnouncement(
  before: PanelModel,
  after: PanelModel,
  run: RunView,
): string | undefined {
  const [newest] = after.transfers.list;
  if (newest && newest !== before.transfers.list[0] && before.transfers.progress !== undefined) {
    return [
      ...transferSentences(run, newest, savedReport(after)),
      ...transferWarnings(run, newest),
    ].join(" ");
  }
  if (before.transfers.progress === undefined && after.transfers.progress !== undefined) {
    return text("announce.transferring");
  }
  return after.transfers.list.length < before.transfers.list.length
    ? text("announce.transferRemoved")
    : undefined;
}
