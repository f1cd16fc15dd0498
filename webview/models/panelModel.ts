import type { RunTransfer, ValidationReport } from "../../src/protocol/results.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import type { ComponentPlace, GivenUp, PanelState } from "../../src/protocol/panel.ts";
import { directionNames, type DirectionName } from "../../src/protocol/direction.ts";
import {
  sameChoice,
  type ComponentView,
  type RunHeader,
  type RunView,
  type SolutionChoice,
} from "../../src/protocol/views/runView.ts";
import type { ChosenRow } from "../../src/protocol/selection.ts";
import { byCondition, type ColourState } from "./neurons/neuronColours.ts";
import { isSettled, noHistory, type ChoiceState } from "./choices.ts";
import type { UiState } from "./uiState.ts";
import { noSteering, type SteeringState } from "./steering/steeringState.ts";
import type { MeanProjectionState } from "./means/projectionState.ts";

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
    /** The last one, if it was cancelled or failed, and of what it was to be. */
    readonly gaveUp: { readonly how: GivenUp; readonly solution: SolutionChoice } | undefined;
    /** The shrinkage and share that the report is of. */
    readonly solution: SolutionChoice | undefined;
    /** The finished report on what is shown, whatever was validated since; null if there is none. */
    readonly shown: ValidationReport | null;
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
  /** Rows on the directions of the means in sample, or in one line why there are none. */
  readonly meanProjections: MeanProjectionState;
  /** What is known of the directions' effect in the model. */
  readonly steering: SteeringState;
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

export const noTransfers = { list: [], kept: true, progress: undefined, reveals: 0 };

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
      gaveUp: undefined,
      solution: undefined,
      shown: null,
      saved: null,
    },
    transfers: noTransfers,
    meanProjections: "notAsked",
    steering: noSteering,
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
export function currentReport(model: PanelModel): ValidationReport | null {
  const { report, shown } = model.validation;
  return isOfShown(model) ? (report ?? shown) : shown;
}

/** Whether what was validated last, or is being validated, is what is shown. */
export function isOfShown({ run, validation: { solution } }: PanelModel): boolean {
  return run !== undefined && solution !== undefined && sameChoice(run.controls, solution);
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
