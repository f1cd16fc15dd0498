import type { CaptureProvenance } from "../../src/activations/captureProvenance.ts";
import { SolvableRun } from "../../src/engine/solving/solvableRun.ts";
import type { ExportedComponent } from "../../src/exports/bundle/exportedRun.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import type { DirectionName } from "../../src/ged/method/directions.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";

/** One component of a run, as the engine hands it to an export. */
export async function exportedComponent(
  document: RunDocument,
  direction: DirectionName = "forward",
  index = 0,
): Promise<ExportedComponent> {
  const { made } = new SolvableRun("", document, createScriptProducts());
  return { document, component: await made.component(direction, index) };
}

/** Of the residual stream after block 5, as a capture would say it. */
export const residualStream: CaptureProvenance = {
  model: "example/tiny-llama",
  site: "model.layers.5",
  component: "residual",
  layer: "5",
  token_rule: "last",
};

/** The run, as if its sources said where they came from. */
export function withProvenance(
  document: RunDocument,
  target: CaptureProvenance,
  reference: CaptureProvenance = target,
): RunDocument {
  const { sources } = document;
  return {
    ...document,
    sources: {
      target: { ...sources.target, provenance: target },
      reference: { ...sources.reference, provenance: reference },
    },
  };
}
