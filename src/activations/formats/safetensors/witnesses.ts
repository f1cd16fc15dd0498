import { tokenVectors } from "../../axes/axisWitness.ts";
import type { StoredTensor } from "../../storedTensor.ts";

/** Names by which delphi keeps the latents of a sparse autoencoder that are not zero. */
const sparseNames = ["locations", "activations"];

/**
 * What the tensors of one file say of each other. `hidden_states` beside one token for each entry of its first axis is
 * what vLLM writes for a request, and is no `[rows, tokens, neurons]`; values beside their locations are no activations.
 */
export function withWitnesses(tensors: readonly StoredTensor[]): readonly StoredTensor[] {
  const known = [...sparseNames, ...tokenVectors];
  const telling = tensors.filter(({ info }) => known.includes(info.name));
  // Of a hundred thousand tensors none may be a witness.
  if (telling.length === 0) return tensors;
  const byName = new Map(telling.map((tensor) => [tensor.info.name, tensor.info]));
  const [locations, values] = sparseNames.map((name) => byName.get(name));
  const isSparse =
    locations?.shape.length === 2 &&
    locations.shape[1] === 3 &&
    values?.shape.length === 1 &&
    values.shape[0] === locations.shape[0];
  if (isSparse) {
    const unreadable = `it belongs to a sparse matrix of latents (delphi: ${locations.shape[0]} values beside their locations), and all others are 0: record the dense activations of the model, or save the latents of interest as [rows, latents].`;
    return tensors.map((tensor) => ({ ...tensor, info: { ...tensor.info, unreadable } }));
  }
  return tensors.map((tensor) => {
    const { info } = tensor;
    const [tokens] = info.shape;
    const counted =
      info.shape.length === 3 && info.axes === undefined
        ? tokenVectors.find((name) => {
            const shape = byName.get(name)?.shape;
            return shape?.length === 1 && shape[0] === tokens;
          })
        : undefined;
    if (counted === undefined) return tensor;
    const names = ["token", "layer", "neuron"] as const;
    const reason = `${counted} has one token for each entry of the first axis, as vLLM writes a request`;
    return { ...tensor, info: { ...info, axes: { names, reason } } };
  });
}
