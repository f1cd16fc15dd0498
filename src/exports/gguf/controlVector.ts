import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { addedDirection, type AddableDirection } from "../addedDirection.ts";
import type { ExportedComponent } from "../bundle/exportedRun.ts";
import { directionVectors } from "../bundle/directionVectors.ts";
import { blockNumber, requireProvenance } from "../site.ts";
import { ggufFile } from "./ggufFile.ts";

/**
 * A control vector as llama.cpp (`--control-vector`), repeng and EasySteer read it: `direction.N`, added to the
 * residual stream after block N. A strength of 1 is one mean difference.
 * @throws EigenlensError "condition" for anything but the residual stream after a block from 1 on, or if the
 *   provenance says neither model nor layer
 */
export function controlVector(exported: ExportedComponent, use: AddableDirection): Uint8Array {
  const { document } = exported;
  const { model, component, layer } = requireProvenance(
    document,
    ["model", "component", "layer"],
    "A GGUF control vector",
  );
  if (component !== "residual") {
    throw new EigenlensError(
      "condition",
      `A GGUF control vector is added to the residual stream, and these activations are of ${printable(component)}: export the direction bundle or a Python script instead.`,
    );
  }
  const block = blockNumber(layer);
  if (block === 0) {
    throw new EigenlensError(
      "condition",
      "llama.cpp refuses a control vector for layer 0: export a Python script instead, or run on a later layer.",
    );
  }
  const direction = Float32Array.from(addedDirection(directionVectors(exported), use));
  if (!direction.every(Number.isFinite)) {
    throw new EigenlensError(
      "numerics",
      "This direction is too long for float32, which GGUF control vectors are in: scale the activations and run again.",
    );
  }
  return ggufFile(
    {
      "general.architecture": { text: "controlvector" },
      "controlvector.model_hint": { text: model },
      "controlvector.layer_count": { count: 1 },
    },
    { [`direction.${block}`]: direction },
  );
}
