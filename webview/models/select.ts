import type { ChosenRow, Selection } from "../../src/protocol/selection.ts";
import { byNeuron } from "./neurons/neuronColours.ts";
import { apart } from "./uiState.ts";
import type { PanelModel } from "./panelModel.ts";

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
