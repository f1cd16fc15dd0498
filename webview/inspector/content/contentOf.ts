import type { Inspected } from "../../../src/protocol/inspector.ts";
import { componentContent } from "./component.ts";
import type { InspectorContent } from "./content.ts";
import { neuronContent } from "./neuron.ts";
import { rowContent } from "./row.ts";
import { rowsContent } from "./rows.ts";

/** The words for what was chosen. */
export function contentOf(shown: Inspected): InspectorContent {
  switch (shown.kind) {
    case "component":
      return componentContent(shown);
    case "neuron":
      return neuronContent(shown);
    case "row":
      return rowContent(shown);
    case "rows":
      return rowsContent(shown);
    default:
      return shown satisfies never;
  }
}
