import type { RunTransfer, ValidationReport } from "../../src/protocol/results.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import type { HostToPanel, PanelState } from "../../src/protocol/panel.ts";
import type { ComponentView, DirectionName, RunView } from "../../src/protocol/runView.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import { adoptRun, type UiState } from "./uiState.ts";

/** What a re-solve chooses. */
export type Solution = Pick<RunView["controls"], "shrinkage" | "variance">;

/** Everything the panel draws from; replaced, never changed in place. */
export interface PanelModel {
  /** Undefined until the host has spoken. */
  readonly state: PanelState | undefined;
  readonly run: RunView | undefined;
  /** Components that arrived for the run as it is now solved, by {@link componentKey}. */
  readonly components: ReadonlyMap<string, ComponentView>;
  /** Asked for and not yet answered, or answered: never asked twice. */
  readonly requested: ReadonlySet<string>;
  readonly validation: {
    readonly report: ValidationReport | null;
    readonly progress: Progress | undefined;
    /** Set from the click until the first answer. */
    readonly starting: boolean;
    /** The shrinkage and share that the report is of. */
    readonly solution: Solution | undefined;
    /** Those for which the validation that runs was asked; undefined where it was not asked here. */
    readonly asked: Solution | undefined;
  };
  readonly transfers: {
    /** Newest first. */
    readonly list: readonly RunTransfer[];
    /** Whether they are stored with the run. */
    readonly kept: boolean;
    readonly progress: Progress | undefined;
    /** How often one was to be brought into view: each time it is. */
    readonly reveals: number;
  };
  /** The number of the last `resolve`, and whether its answer is awaited. */
  readonly resolving: { readonly request: number; readonly pending: boolean };
  /** The shrinkage and share of the run as it arrived; what is shown may have been re-solved since. */
  readonly made: Solution | undefined;
  readonly problem: string | undefined;
  /** How often something was put on the clipboard: each time is announced. */
  readonly copies: number;
  /** The neuron and row chosen last, for marks; they belong to no component. */
  readonly neuron: number | undefined;
  readonly row: { readonly condition: "target" | "reference"; readonly row: number } | undefined;
  readonly ui: UiState;
}

const noTransfers = { list: [], kept: true, progress: undefined, reveals: 0 };

export function initialModel(ui: UiState): PanelModel {
  return {
    state: undefined,
    run: undefined,
    components: new Map(),
    requested: new Set(),
    validation: {
      report: null,
      progress: undefined,
      starting: false,
      solution: undefined,
      asked: undefined,
    },
    transfers: noTransfers,
    resolving: { request: 0, pending: false },
    made: undefined,
    problem: undefined,
    copies: 0,
    neuron: undefined,
    row: undefined,
    ui,
  };
}

export function componentKey(direction: DirectionName, index: number): string {
  return `${direction}:${String(index)}`;
}

/** The model after a message of the host's. */
export function receive(model: PanelModel, message: HostToPanel): PanelModel {
  switch (message.kind) {
    case "state":
      return { ...model, state: message.state };
    case "run":
      return {
        ...withRun(model, message.view),
        made: message.view.controls,
        transfers: message.view.runId === model.run?.runId ? model.transfers : noTransfers,
        resolving: { ...model.resolving, pending: false },
        validation: {
          report: message.view.summary.validation,
          progress: undefined,
          starting: false,
          solution: message.view.controls,
          asked: undefined,
        },
      };
    case "resolved":
      if (message.request !== model.resolving.request) return model;
      return {
        ...withRun(model, message.view),
        resolving: { ...model.resolving, pending: false },
      };
    case "component":
      if (message.view.runId !== model.run?.runId) return model;
      return {
        ...model,
        components: new Map(model.components).set(
          componentKey(message.view.direction, message.view.index),
          message.view,
        ),
      };
    case "validation":
      return { ...model, validation: withReport(model, message) };
    case "transfers":
      return {
        ...model,
        transfers: {
          list: withKnown(model.transfers.list, message.transfers),
          kept: message.kept,
          progress: message.progress,
          reveals: model.transfers.reveals + (message.reveal ? 1 : 0),
        },
      };
    case "problem":
      return {
        ...model,
        problem: message.message,
        resolving: { ...model.resolving, pending: false },
        validation: { ...model.validation, progress: undefined, starting: false },
      };
    case "select":
      return select(model, message.selection);
  }
}

/** The model after something was chosen, here or elsewhere; a selection in another run changes nothing. */
export function select(model: PanelModel, selection: Selection): PanelModel {
  const { run, ui } = model;
  if (run === undefined || selection.runId !== run.runId) return model;
  const { direction } = selection;
  const wanted = selection.kind === "component" ? selection.index : selection.component;
  const index = Math.max(0, Math.min(wanted, run.mappedComponents[direction] - 1));
  const chosen: PanelModel = {
    ...model,
    ui: { ...ui, front: direction, component: { ...ui.component, [direction]: index } },
  };
  switch (selection.kind) {
    case "component":
      return chosen;
    case "neuron":
      return { ...chosen, neuron: selection.neuron };
    case "row":
      return { ...chosen, row: { condition: selection.condition, row: selection.row } };
  }
}

/** The components that the drawing needs and that nobody has asked for yet. */
export function missingComponents(
  model: PanelModel,
): { readonly direction: DirectionName; readonly index: number }[] {
  const { run, ui } = model;
  if (run === undefined) return [];
  const wanted = (["forward", "swapped"] as const).flatMap((direction) =>
    [
      ui.component[direction],
      ...(ui.sideBySide || direction === ui.front ? [ui.against[direction]] : []),
    ].map((index) => ({ direction, index })),
  );
  const seen = new Set(model.requested);
  return wanted.filter(({ direction, index }) => {
    const key = componentKey(direction, index);
    if (index >= run.mappedComponents[direction] || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Whether what is shown was re-solved with another shrinkage or share than the run was made with. */
export function isResolved({ run, made }: PanelModel): boolean {
  return run !== undefined && made !== undefined && !sameSolution(run.controls, made);
}

/** The report on what is shown; null where there is none, or one on another shrinkage or share. */
export function currentReport({ run, validation }: PanelModel): ValidationReport | null {
  const { report, solution } = validation;
  if (!run || !solution) return null;
  return sameSolution(run.controls, solution) ? report : null;
}

/** The report on the run as it was saved, whatever is shown; null where there is none. */
export function savedReport({ made, validation }: PanelModel): ValidationReport | null {
  const { report, solution } = validation;
  return made && solution && sameSolution(made, solution) ? report : null;
}

function sameSolution(one: Solution, other: Solution): boolean {
  return one.shrinkage === other.shrinkage && one.variance === other.variance;
}

/** The component shown of a direction; undefined while it is on its way. */
export function shownComponent(
  model: PanelModel,
  direction: DirectionName,
  index = model.ui.component[direction],
): ComponentView | undefined {
  return model.components.get(componentKey(direction, index));
}

function withRun(model: PanelModel, view: RunView): PanelModel {
  return {
    ...model,
    run: view,
    components: new Map(),
    requested: new Set(),
    problem: undefined,
    ui: adoptRun(model.ui, view.runId, view.mappedComponents),
  };
}

/** Each message brings copies: what is known already stays the same object, so that nothing is drawn twice. */
function withKnown(
  known: readonly RunTransfer[],
  come: readonly RunTransfer[],
): readonly RunTransfer[] {
  const list = come.map((each) => known.find(({ created }) => created === each.created) ?? each);
  return list.length === known.length && list.every((each, i) => each === known[i]) ? known : list;
}

/** While a validation starts over, the last report stays readable until there is something new. */
function withReport(
  { validation, run }: PanelModel,
  { report, progress }: Extract<HostToPanel, { readonly kind: "validation" }>,
): PanelModel["validation"] {
  const news = report ?? progress?.partial;
  const { asked } = validation;
  const still = { ...validation, progress, starting: false };
  if (news) return { ...still, report: news, solution: asked ?? run?.controls };
  return progress === undefined ? { ...still, report: null } : still;
}
