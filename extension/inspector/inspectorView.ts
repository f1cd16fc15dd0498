import type { InspectorView } from "../../src/protocol/inspector.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import type { Translate } from "../translate.ts";
import { componentFacts } from "./componentFacts.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { neuronFacts } from "./neuronFacts.ts";
import { rowFacts } from "./rowFacts.ts";
import { rowsFacts } from "./rowsFacts.ts";

/** The five facts and the chart of a selection. */
export function inspectorView(
  selection: Selection,
  run: InspectedRun,
  translate: Translate,
): InspectorView {
  switch (selection.kind) {
    case "component":
      return componentFacts(run.view, run.component, translate);
    case "neuron":
      return neuronFacts(run, selection.neuron, translate);
    case "row":
      return rowFacts(run, selection.condition, selection.row, translate);
    case "rows":
      return rowsFacts(run, selection.rows, translate);
    default:
      return selection satisfies never;
  }
}

/** The component that a selection speaks of, from 0. */
export function selectedComponent(selection: Selection): number {
  return selection.kind === "component" ? selection.index : selection.component;
}
