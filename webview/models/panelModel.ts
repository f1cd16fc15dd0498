import type { RunTransfer, ValidationReport } from "../../src/protocol/results.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import type { ComponentPlace, HostToPanel, PanelState } from "../../src/protocol/panel.ts";
import { directionNames, type DirectionName } from "../../src/protocol/direction.ts";
import {
  runView,
  sameChoice,
  type ComponentView,
  type RunHeader,
  type RunView,
  type Solution,
  type SolutionChoice,
} from "../../src/protocol/views/runView.ts";
import type { ChosenRow, Selection } from "../../src/protocol/selection.ts";
import { byCondition, byNeuron, withAnswer, type ColourState } from "./neurons/neuronColours.ts";
import { answered, isSettled, noHistory, refused, type ChoiceState } from "./choices.ts";
import { adoptRun, apart, type UiState } from "./uiState.ts";

/** Everything the panel draws from; replaced, never changed in place. */
export interface PanelModel extends ChoiceState {
  /** Undefined until the host has spoken. */
  readonly state: PanelState | undefined;
  readonly run: RunView | undefined;
  /** What of the run never changes. */
  readonly header: RunHeader | undefined;
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
    readonly solution: SolutionChoice | undefined;
    /** The finished report on the run as it was saved, whatever is shown. */
    readonly saved: ValidationReport | null;
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
  readonly problem: string | undefined;
  /** How often something was put on the clipboard: each time is announced. */
  readonly copies: number;
  /** The neuron and row chosen last, for marks; they belong to no component. */
  readonly neuron: number | undefined;
  readonly row: ChosenRow | undefined;
  /** By what the rows are coloured. */
  readonly colour: ColourState;
  /** All rows that are chosen, that one among them. */
  readonly rows: readonly ChosenRow[];
  readonly ui: UiState;
}

const noTransfers = { list: [], kept: true, progress: undefined, reveals: 0 };

export function initialModel(ui: UiState): PanelModel {
  return {
    state: undefined,
    run: undefined,
    header: undefined,
    components: new Map(),
    requested: new Set(),
    validation: {
      report: null,
      progress: undefined,
      starting: false,
      solution: undefined,
      saved: null,
    },
    transfers: noTransfers,
    resolving: { request: 0, asked: undefined, wanted: undefined },
    history: noHistory,
    problem: undefined,
    copies: 0,
    neuron: undefined,
    row: undefined,
    colour: byCondition,
    rows: [],
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
    case "run": {
      const { runId, header, solution, validation, saved } = message;
      const same = runId === model.run?.runId && header.run === model.header?.run;
      return {
        ...withSolution(model, header, runId, solution, validation),
        transfers: runId === model.run?.runId ? model.transfers : noTransfers,
        resolving: { ...model.resolving, asked: undefined, wanted: undefined },
        history: same ? model.history : noHistory,
        colour: same ? model.colour : byCondition,
        validation: {
          report: validation,
          progress: undefined,
          starting: false,
          solution: solution.choice,
          saved,
        },
      };
    }
    case "resolved": {
      const { request, solution, components, validation } = message;
      const { run, header, resolving } = model;
      if (request !== resolving.request || !run || !header || solution.run !== header.run) {
        return model;
      }
      const solved = withSolution(model, header, run.runId, solution, validation);
      return {
        ...components.reduce(withComponent, solved),
        resolving: answered(resolving, solution.choice),
        validation: withReportOf(model, solution.choice, validation),
      };
    }
    case "neuronValues":
      return { ...model, colour: withAnswer(model.colour, message) };
    case "component":
      return withComponent(model, message.view);
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
        ...(message.request === undefined
          ? { validation: { ...model.validation, progress: undefined, starting: false } }
          : { resolving: refused(model.resolving, message.request, model.run?.controls) }),
      };
    case "select":
      return select(model, message.selection);
    default:
      return message satisfies never;
  }
}

/** The model after something was chosen, here or elsewhere; a selection in another run changes nothing. */
export function select(model: PanelModel, selection: Selection): PanelModel {
  const { run, ui } = model;
  if (run === undefined || selection.runId !== run.runId) return model;
  const { direction } = selection;
  const wanted = selection.kind === "component" ? selection.index : selection.component;
  const index = Math.max(0, Math.min(wanted, run.mappedComponents[direction] - 1));
  const component = { ...ui.component, [direction]: index };
  const against = apart(component, ui.against, run.mappedComponents);
  const chosen: PanelModel = { ...model, ui: { ...ui, front: direction, component, against } };
  switch (selection.kind) {
    case "component":
      return chosen;
    case "neuron":
      return { ...chosen, neuron: selection.neuron, colour: byNeuron(model.colour) };
    case "row":
      return withRows(chosen, [{ condition: selection.condition, row: selection.row }]);
    case "rows":
      return withRows(chosen, selection.rows);
    default:
      return selection satisfies never;
  }
}

/** The last is the one from which the next is chosen. */
function withRows(model: PanelModel, rows: readonly ChosenRow[]): PanelModel {
  return { ...model, rows, row: rows.at(-1) };
}

/** The components that are drawn: those chosen, and those on the scatters' other axes, of the directions in view. */
export function drawnComponents({ ui }: PanelModel): ComponentPlace[] {
  return directionNames
    .filter((direction) => ui.sideBySide || direction === ui.front)
    .flatMap((direction) =>
      [ui.component[direction], ui.against[direction]].map((index) => ({ direction, index })),
    );
}

/**
 * The components that are drawn, or will be at a swap, and that nobody has asked for yet. What is not in view waits
 * until the solution is one that stays.
 */
export function missingComponents(model: PanelModel): ComponentPlace[] {
  const { run, ui } = model;
  if (run === undefined) return [];
  const behind = directionNames.map((direction) => ({ direction, index: ui.component[direction] }));
  const wanted = [...drawnComponents(model), ...(isSettled(model) ? behind : [])];
  const seen = new Set(model.requested);
  return wanted.filter(({ direction, index }) => {
    const key = componentKey(direction, index);
    if (index >= run.mappedComponents[direction] || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Whether what is shown was re-solved with another shrinkage or share than the run was made with. */
export function isResolved({ run, header }: PanelModel): boolean {
  return run !== undefined && header !== undefined && !sameChoice(run.controls, header.made);
}

/** The report on what is shown; null if there is none, or one on another shrinkage or share. */
export function currentReport({ run, validation }: PanelModel): ValidationReport | null {
  const { report, solution } = validation;
  if (!run || !solution) return null;
  return sameChoice(run.controls, solution) ? report : null;
}

/** The report on the run as it was saved, whatever is shown; null if there is none. */
export function savedReport({ header, validation }: PanelModel): ValidationReport | null {
  const { report, solution, saved } = validation;
  const isSaved = header && solution && sameChoice(header.made, solution);
  return isSaved && report ? report : saved;
}

/** The component shown of a direction; undefined while it is on its way. */
export function shownComponent(
  model: PanelModel,
  direction: DirectionName,
  index = model.ui.component[direction],
): ComponentView | undefined {
  return model.components.get(componentKey(direction, index));
}

function withSolution(
  model: PanelModel,
  header: RunHeader,
  runId: string,
  solution: Solution,
  validation: ValidationReport | null,
): PanelModel {
  return {
    ...model,
    header,
    run: runView(runId, header, solution, validation),
    components: new Map(),
    requested: new Set(),
    problem: undefined,
    ui: adoptRun(model.ui, runId, solution.mappedComponents),
  };
}

/** A component of another run or solution than the one shown is none of ours. */
function withComponent(model: PanelModel, view: ComponentView): PanelModel {
  const { run, header } = model;
  if (!run || view.run !== header?.run || !sameChoice(view.choice, run.controls)) return model;
  const key = componentKey(view.direction, view.index);
  return {
    ...model,
    components: new Map(model.components).set(key, view),
    requested: new Set(model.requested).add(key),
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

/** The report on a solution that is shown again; without one, or while one is made, the last stays readable. */
function withReportOf(
  { validation }: PanelModel,
  solution: SolutionChoice,
  report: ValidationReport | null,
): PanelModel["validation"] {
  const running = validation.starting || validation.progress !== undefined;
  return running || report === null ? validation : { ...validation, report, solution };
}

/** While a validation starts over, the last report stays readable until there is something new. */
function withReport(
  { header, validation }: PanelModel,
  { report, progress, solution }: Extract<HostToPanel, { readonly kind: "validation" }>,
): PanelModel["validation"] {
  const news = report ?? progress?.partial;
  const saves = progress === undefined && header && sameChoice(header.made, solution);
  const saved = saves ? report : validation.saved;
  const still = { ...validation, progress, starting: false, saved };
  if (news) return { ...still, report: news, solution };
  return progress === undefined ? { ...still, report: null } : still;
}
