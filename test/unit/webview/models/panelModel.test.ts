import { describe, expect, it } from "vitest";
import type { HostToPanel } from "../../../../src/protocol/panel.ts";
import type { RunTransfer, ValidationReport } from "../../../../src/protocol/results.ts";
import {
  currentReport,
  initialModel,
  isResolved,
  missingComponents,
  savedReport,
  shownComponent,
  type PanelModel,
} from "../../../../webview/models/panelModel.ts";
import { whyNothing } from "../../../../webview/models/validation/evidence.ts";
import { receive } from "../../../../webview/models/receive.ts";
import { select } from "../../../../webview/models/select.ts";
import { announcementOf } from "../../../../webview/models/announcements.ts";
import { defaultUiState } from "../../../../webview/models/uiState.ts";
import {
  exampleComponent,
  exampleReport,
  exampleRunMessage,
  exampleSolution,
} from "../exampleRun.ts";

const empty = initialModel(defaultUiState);
const withRun = receive(empty, exampleRunMessage());
const made = { shrinkage: 0.01, variance: 0.99 };
const waiting = (model: PanelModel, request: number, shrinkage: number): PanelModel => {
  const asked = { shrinkage, variance: 0.99 };
  return { ...model, resolving: { request, asked, wanted: asked } };
};
const solved = (
  model: PanelModel,
  shrinkage: number,
  validation: ValidationReport | null = null,
): PanelModel =>
  receive(waiting(model, 1, shrinkage), {
    kind: "resolved",
    request: 1,
    solution: exampleSolution({ shrinkage }),
    components: [],
    validation,
  });

const progress = { step: "Exchanging labels" };

it("asks for the chosen component of each direction and the other axis of the one in front", () => {
  expect(missingComponents(empty)).toEqual([]);
  expect(missingComponents(withRun)).toEqual([
    { direction: "forward", index: 0 },
    { direction: "forward", index: 1 },
    { direction: "swapped", index: 0 },
  ]);
  const asked = { ...withRun, requested: new Set(["forward:0", "forward:1"]) };
  expect(missingComponents(asked)).toEqual([{ direction: "swapped", index: 0 }]);
});

it("shows a component once it has come, and drops those of another run", () => {
  const come = receive(withRun, { kind: "component", view: exampleComponent() });
  expect(shownComponent(come, "forward")?.eigenvalue).toBe(187.918);
  const foreign = { ...exampleComponent(), run: "content 2" };
  expect(receive(withRun, { kind: "component", view: foreign })).toBe(withRun);
  const late = { ...exampleComponent(), choice: { shrinkage: 0.4, variance: 0.99 } };
  expect(receive(withRun, { kind: "component", view: late })).toBe(withRun);
});

it("takes what changed, with its components, and drops answers to others", () => {
  const asking = waiting(withRun, 2, 0.1);
  const solution = exampleSolution({ shrinkage: 0.1 });
  const component = { ...exampleComponent(), choice: solution.choice };
  const components = [component];
  const answer = { kind: "resolved", request: 2, solution, components, validation: null } as const;
  expect(receive(asking, { ...answer, request: 1 })).toBe(asking);
  const foreign = { ...solution, run: "content 2" };
  expect(receive(asking, { ...answer, solution: foreign })).toBe(asking);
  const next = receive(receive(asking, { kind: "component", view: exampleComponent() }), answer);
  expect(next.resolving).toEqual({ request: 2, asked: undefined, wanted: undefined });
  expect([isResolved(asking), isResolved(next)]).toEqual([false, true]);
  expect([...next.components.values()]).toEqual([component]);
  expect(missingComponents(next).map(({ index }) => index)).toEqual([1, 0]);
  expect(next.run?.sentences).toBe(withRun.run?.sentences);
  expect(next.run?.neurons).toBe(withRun.run?.neurons);
});

it("knows what the run was made with, though it comes as it was last solved", () => {
  const back = receive(empty, exampleRunMessage("run 1", { shrinkage: 0.4 }));
  expect(back.run?.controls.shrinkage).toBe(0.4);
  expect(isResolved(back)).toBe(true);
});

it("follows a selection from elsewhere, within the run's components", () => {
  const runId = "run 1";
  const chosen = select(withRun, {
    kind: "neuron",
    runId,
    direction: "swapped",
    component: 7,
    neuron: 98,
  });
  expect(chosen).toMatchObject({ neuron: 98, ui: { front: "swapped" } });
  expect(chosen.ui.component).toEqual({ forward: 0, swapped: 1 });
  const foreign = { kind: "component", runId: "run 2", direction: "swapped", index: 1 } as const;
  expect(select(withRun, foreign)).toBe(withRun);
});

it("keeps the last report readable until a new one has something to say", () => {
  const report = exampleReport();
  const done = receive(withRun, { kind: "validation", solution: made, report });
  expect(done.validation).toMatchObject({ report, progress: undefined, starting: false });
  const again = receive(done, { kind: "validation", solution: made, report: null, progress });
  expect(again.validation.report).toBe(report);
  const partial = exampleReport({ heldOut: 2 });
  const filling = receive(again, {
    kind: "validation",
    solution: made,
    report: null,
    progress: { ...progress, partial },
  });
  expect(filling.validation.report).toBe(partial);
  expect(
    receive(filling, { kind: "validation", solution: made, report: null }).validation.report,
  ).toBeNull();
});

it("takes a report for what is shown only where it is of the same shrinkage and share", () => {
  const report = exampleReport();
  const validated = receive(withRun, { kind: "validation", solution: made, report });
  expect(currentReport(validated)).toBe(report);
  const other = solved(validated, 0.1);
  expect(currentReport(other)).toBeNull();
  expect(other.validation.report).toBe(report);
  expect(currentReport(solved(other, 0.01))).toBe(report);
  // Asked for with 0.1, answered when 0.5 is shown already.
  const solution = { shrinkage: 0.1, variance: 0.99 };
  const late = receive(solved(other, 0.5), { kind: "validation", solution, report });
  expect(currentReport(late)).toBeNull();
  expect(currentReport(solved(late, 0.1))).toBe(report);
});

it("takes the report that comes with a solution shown again, and lets a validation that runs go on", () => {
  const [first, second] = [exampleReport(), exampleReport({ heldOut: 2 })];
  const other = { shrinkage: 0.1, variance: 0.99 };
  const one = receive(withRun, { kind: "validation", solution: made, report: first });
  const moved = solved(one, 0.1);
  const both = receive(moved, { kind: "validation", solution: other, report: second });
  expect(currentReport(both)).toBe(second);
  expect(savedReport(both)).toBe(first);
  const back = solved(both, 0.01, first);
  expect(currentReport(back)).toBe(first);
  expect(back.run?.summary.validation).toBe(first);
  const partial = exampleReport({ heldOut: 3 });
  const running = receive(back, {
    kind: "validation",
    solution: made,
    report: partial,
    progress,
  });
  const meanwhile = solved(running, 0.1, second);
  expect(meanwhile.validation).toEqual({ ...running.validation, shown: second });
  expect(currentReport(meanwhile)).toBe(second);
});

it("draws what is known of what is shown, however a validation of another choice ends", () => {
  const [first, second] = [exampleReport(), exampleReport({ heldOut: 2 })];
  const one = receive(withRun, { kind: "validation", solution: made, report: first });
  const other = { shrinkage: 0.1, variance: 0.99 };
  const running = receive(solved(one, 0.1), {
    kind: "validation",
    solution: other,
    report: second,
    progress,
  });
  const back = solved(running, 0.01, first);
  expect(currentReport(back)).toBe(first);
  for (const report of [second, null]) {
    const ended = receive(back, { kind: "validation", solution: other, report });
    expect(currentReport(ended)).toBe(first);
    expect(ended.validation.report).toBe(report ?? first);
    expect(currentReport(solved(ended, 0.1, report))).toBe(report);
    // Of a third choice nothing is known.
    expect(currentReport(solved(ended, 0.5))).toBeNull();
  }
  // What is shown is validated anew, and that is cancelled.
  const anew = receive(back, { kind: "validation", solution: made, report: second, progress });
  expect(currentReport(anew)).toBe(second);
  const cancelled = receive(anew, { kind: "validation", solution: made, report: first });
  expect(currentReport(cancelled)).toBe(first);
});

it.each(["cancelled", "failed"] as const)("says of what is shown that its validation %s", (how) => {
  const started = receive(withRun, {
    kind: "validation",
    solution: made,
    report: exampleReport(),
    progress,
  });
  expect(whyNothing(started)).toBeUndefined();
  const ended = receive(started, {
    kind: "validation",
    solution: made,
    report: null,
    gaveUp: how,
  });
  expect(currentReport(ended)).toBeNull();
  expect(whyNothing(ended)).toBe(
    `In sample: the validation ${how === "failed" ? "" : "was "}${how}.`,
  );
  expect(announcementOf(started, ended)).toBe(`Validation ${how}.`);
  expect(whyNothing(solved(ended, 0.1))).toBe("In sample: nothing has been held out yet.");
  // One that is there from before stays, and its end is not told a second time.
  const report = exampleReport({ heldOut: 2 });
  const before = receive(withRun, { kind: "validation", solution: made, report });
  const again = receive(before, { kind: "validation", solution: made, report: null, progress });
  const kept = receive(again, { kind: "validation", solution: made, report, gaveUp: how });
  expect(currentReport(kept)).toBe(report);
  expect(announcementOf(again, kept)).toBe(`Validation ${how}.`);
  const anew = receive(kept, { kind: "validation", solution: made, report: null, progress });
  expect(anew.validation.gaveUp).toBeUndefined();
});

it("does not take a validation that runs for finished if something else fails", () => {
  const partial = exampleReport();
  const running = receive(withRun, {
    kind: "validation",
    solution: made,
    report: partial,
    progress,
  });
  const told = receive(running, { kind: "problem", message: "No." });
  expect(told.validation.progress).toBe(progress);
  expect(announcementOf(running, told)).toBeUndefined();
});

it("knows the report on the run as saved, though it comes as it was last solved", () => {
  const report = exampleReport();
  const message = { ...exampleRunMessage("run 1", { shrinkage: 0.4 }), saved: report };
  const shown = receive(empty, message);
  expect([currentReport(shown), savedReport(shown)]).toEqual([null, report]);
  const dropped = receive(shown, { kind: "validation", solution: made, report: null });
  expect(savedReport(dropped)).toBeNull();
});

it("goes on after a problem", () => {
  const asking = waiting(withRun, 1, 0);
  const told = receive(asking, { kind: "problem", message: "No.", request: 1 });
  expect(told.problem).toBe("No.");
  expect(told.resolving).toEqual({ request: 1, asked: undefined, wanted: undefined });
  expect(told.run).toBe(withRun.run);
  // Another call's problem is no answer to what is being solved.
  const elsewhere = receive(asking, { kind: "problem", message: "No." });
  expect(elsewhere.resolving).toBe(asking.resolving);
});

it("announces what a screen reader should know, once", () => {
  expect(announcementOf(undefined, withRun)).toBe("The run of him vs her is shown.");
  expect(announcementOf(withRun, withRun)).toBeUndefined();
  const second = select(withRun, {
    kind: "component",
    runId: "run 1",
    direction: "forward",
    index: 1,
  });
  expect(announcementOf(withRun, second)).toBe("Component 2 of S = him, R = her");
  const running = receive(withRun, { kind: "validation", solution: made, report: null, progress });
  const finished = receive(running, {
    kind: "validation",
    solution: made,
    report: exampleReport(),
  });
  expect(announcementOf(running, finished)).toBe("Validation finished.");
  const computing = (step: string): PanelModel =>
    receive(withRun, {
      kind: "state",
      state: { kind: "computing", title: "him vs her", progress: { step } },
    });
  expect(announcementOf(withRun, computing("Reading"))).toBe("Reading");
  expect(announcementOf(computing("Reading"), computing("Reading"))).toBeUndefined();
});

describe("transfers", () => {
  const transferred = (created: string): RunTransfer => ({
    created,
    target: { source: { path: "a" }, label: "a", rows: 5 },
    reference: { source: { path: "b" }, label: "b", rows: 5 },
    permutations: 0,
    seed: 1,
    forward: [],
    swapped: [],
    warnings: ["Read this."],
  });
  const message = (
    created: readonly string[],
    more: Partial<Extract<HostToPanel, { kind: "transfers" }>> = {},
  ): HostToPanel => ({
    kind: "transfers",
    transfers: created.map(transferred),
    kept: true,
    reveal: false,
    ...more,
  });

  it("stay the same objects while only the progress changes", () => {
    const first = receive(withRun, message(["1"]));
    const later = receive(first, message(["1"], { progress, reveal: true }));
    expect(later.transfers.list).toBe(first.transfers.list);
    expect(later.transfers).toMatchObject({ progress, reveals: 1 });
    const another = receive(later, message(["2", "1"]));
    expect(another.transfers.list.map(({ created }) => created)).toEqual(["2", "1"]);
    expect(another.transfers.list[1]).toBe(first.transfers.list[0]);
  });

  it("belong to their run", () => {
    const some = receive(withRun, message(["1"]));
    const same = receive(some, exampleRunMessage());
    expect(same.transfers.list).toHaveLength(1);
    const other = receive(some, exampleRunMessage("run 2"));
    expect(other.transfers.list).toEqual([]);
  });

  it("are announced when one begins, is done and is removed", () => {
    const started = receive(withRun, message([], { progress }));
    expect(announcementOf(withRun, started)).toBe("Transfer started.");
    const done = receive(started, message(["1"]));
    expect(announcementOf(started, done)).toBe("Read this.");
    expect(announcementOf(done, receive(done, message([])))).toBe("Transfer removed.");
  });

  it("are set beside the validation of the run as saved only", () => {
    const report = exampleReport();
    const validated = receive(withRun, { kind: "validation", solution: made, report });
    expect(savedReport(validated)).toBe(report);
    const resolved = solved(validated, 0.1);
    expect(savedReport(resolved)).toBe(report);
    const solution = { shrinkage: 0.1, variance: 0.99 };
    const other = receive(solved(withRun, 0.1), { kind: "validation", solution, report });
    expect(savedReport(other)).toBeNull();
  });
});
