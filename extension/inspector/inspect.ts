import type { Inspected } from "../../src/protocol/inspector.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import { inspectComponent } from "./component.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { inspectNeuron } from "./neuron.ts";
import { inspectRow } from "./row.ts";
import { inspectRows } from "./rows.ts";

/** What the inspector shows of a selection. */
export function inspect(selection: Selection, run: InspectedRun): Inspected {
  switch (selection.kind) {
    case "component":
      return inspectComponent(run);
    case "neuron":
      return inspectNeuron(run, selection.neuron);
    case "row":
      return inspectRow(run, selection);
    case "rows":
      return inspectRows(run, selection.rows);
    default:
      return selection satisfies never;
  }
}

/** The component that a selection speaks of, from 0. */
export function selectedComponent(selection: Selection): number {
  return selection.kind === "component" ? selection.index : selection.component;
}
