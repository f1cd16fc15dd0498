import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import { entryOf } from "./axes/entries.ts";

/**
 * How a tensor's axes make `[rows, columns]`, or `[rows, tokens, columns]` where a token must be chosen. An axis
 * of one needs no choice: `[N, 1, D]` and `[1, N, D]` are N rows, and so is `[N, D, 1]`, a vector per row.
 * @param choosesToken whether a token position is given: then an axis of one may be the tokens'
 * @returns undefined if the shape has fewer than two axes, or more than three that are longer than one
 */
export function conditionShape(
  shape: readonly number[],
  choosesToken = false,
): readonly number[] | undefined {
  if (shape.length < 2) return undefined;
  const fewest = choosesToken ? 3 : 2;
  const axes = [...shape];
  const dropOnes = (from: number, end: number) => {
    for (let axis = from; axis < axes.length - end && axes.length > fewest;) {
      if (axes[axis] === 1) axes.splice(axis, 1);
      else axis += 1;
    }
  };
  // A batch of one goes first only if the axis after it is the tokens': else [1, D, 1] would be D rows.
  if (choosesToken && axes[0] === 1 && axes.length > fewest) axes.shift();
  dropOnes(1, 1);
  dropOnes(axes.length - 1, 0);
  while (axes[0] === 1 && axes.length > fewest) axes.shift();
  return axes.length <= 3 ? axes : undefined;
}

/**
 * The file as if the tensor had been saved in its {@link conditionShape}, and the tensor.
 * @param shape of the same values in the same order
 */
export function reshaped(
  file: ActivationFile,
  info: TensorInfo,
  shape: readonly number[],
): { readonly file: ActivationFile; readonly info: TensorInfo } {
  if (shape.length === info.shape.length) return { file, info };
  if (info.shape[0] !== shape[0]) {
    const batch = entryOf(file, info, 0);
    return reshaped(batch.file, batch.info, shape);
  }
  const view = { ...info, shape };
  const tensors = file.tensors.map((tensor) => (tensor.name === info.name ? view : tensor));
  return { info: view, file: { ...file, tensors } };
}
