import type { InspectorView } from "../../src/protocol/inspector.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import type { Translate } from "../translate.ts";
import { componentFacts } from "./componentFacts.ts";
import { neuronFacts } from "./neuronFacts.ts";
import { rowFacts } from "./rowFacts.ts";
import { rowsFacts } from "./rowsFacts.ts";

/** All that the inspector's facts are computed from. */
export interface InspectedRun {
  readonly view: RunView;
  /** The component that the selection speaks of. */
  readonly component: ComponentView;
  /** The first components of the same direction, for "across components" charts. */
  readonly firstComponents: readonly ComponentView[];
}

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
