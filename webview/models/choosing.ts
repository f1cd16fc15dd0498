import {
  defaultChoice,
  sameChoice,
  type SolutionChoice,
} from "../../src/protocol/views/runView.ts";
import type { PanelModel } from "./panelModel.ts";

/** How many steps can be undone. */
const mostSteps = 100;

/** What the controls say: the youngest choice, whether it is solved yet or not; undefined without a run. */
export function chosenSolution({ run, resolving }: PanelModel): SolutionChoice | undefined {
  if (!run) return undefined;
  const { shrinkage, variance } = resolving.wanted ?? run.controls;
  return { shrinkage, variance };
}

/** The model after another choice. @param dragging whether a slider is held, so that more will follow */
export function choose(model: PanelModel, choice: SolutionChoice, dragging: boolean): PanelModel {
  const before = chosenSolution(model);
  if (!before || sameChoice(before, choice)) return model;
  const { history } = model;
  const past = history.dragging ? history.past : [...history.past, before].slice(-mostSteps);
  return { ...wanting(model, choice), history: { past, dragging } };
}

/** The slider was let go: the next choice is a step of its own. */
export function endDrag(model: PanelModel): PanelModel {
  return model.history.dragging
    ? { ...model, history: { ...model.history, dragging: false } }
    : model;
}

/** The choice that undoing goes back to; undefined if there is none. */
export function undoneChoice(model: PanelModel): SolutionChoice | undefined {
  const now = chosenSolution(model);
  return now && [...model.history.past].reverse().find((each) => !sameChoice(each, now));
}

/** The model one step back. */
export function undo(model: PanelModel): PanelModel {
  const earlier = undoneChoice(model);
  if (!earlier) return model;
  const past = model.history.past.slice(0, model.history.past.lastIndexOf(earlier));
  return { ...wanting(model, earlier), history: { past, dragging: false } };
}

/** The method's defaults, as far as the run allows; undefined while they are what is chosen. */
export function otherDefaults(model: PanelModel): SolutionChoice | undefined {
  const now = chosenSolution(model);
  if (!now || !model.header) return undefined;
  const defaults = defaultChoice(model.header);
  return sameChoice(now, defaults) ? undefined : defaults;
}

/** What to ask the host for now: nothing while it still answers, or when what is wanted is shown. */
export function nextRequest({ run, resolving }: PanelModel): SolutionChoice | undefined {
  const { asked, wanted } = resolving;
  if (!run || asked || !wanted || sameChoice(wanted, run.controls)) return undefined;
  return wanted;
}

function wanting(model: PanelModel, choice: SolutionChoice): PanelModel {
  return { ...model, resolving: { ...model.resolving, wanted: choice } };
}
