import type { ActivationFile, RowBuffer, TensorInfo } from "../activations/activationFile.ts";
import { fitsSingle } from "../activations/elementType.ts";
import { shapeText, valueCount } from "../activations/shape.ts";
import { place } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";

/** A batch of one is held in memory whole, since files are read by their first axis. */
const mostBatchValues = 2 ** 28;

/**
 * How a tensor's axes make `[rows, columns]`, or `[rows, tokens, columns]` where a token must be chosen. An axis
 * of one needs no choice: `[N, 1, D]` and `[1, N, D]` are N rows, and so is `[N, D, 1]`, a vector a row.
 * @param choosesToken whether a token position is given: then an axis of one may be the tokens'
 * @returns undefined where the shape has fewer than two axes, or more than three that are longer than one
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
  // A batch of one goes first only where the axis after it is the tokens': else [1, D, 1] would be D rows.
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
  const view = { ...info, shape };
  if (shape.length === info.shape.length) return { file, info };
  const readInner = info.shape[0] === shape[0] ? undefined : batchReader(file, info, shape);
  return {
    info: view,
    file: {
      ...file,
      tensors: file.tensors.map((tensor) => (tensor === info ? view : tensor)),
      readRows: (tensor, start, stop, destination) =>
        readInner !== undefined && tensor === info.name
          ? readInner(start, stop, destination)
          : file.readRows(tensor, start, stop, destination),
    },
  };
}

/** Rows within the only entry of the first axis. */
function batchReader(file: ActivationFile, info: TensorInfo, shape: readonly number[]) {
  const count = valueCount(shape);
  const length = valueCount(shape.slice(1));
  let batch: Promise<RowBuffer> | undefined;

  async function readBatch(): Promise<RowBuffer> {
    if (count > mostBatchValues) {
      throw new EigenlensError(
        "condition",
        `${place(file.path, info.name)}: ${shapeText(info.shape)} is one row of ${count} values, too large to be held whole: save it as ${shapeText(shape)}.`,
      );
    }
    const values = fitsSingle(info.elementType) ? new Float32Array(count) : new Float64Array(count);
    await file.readRows(info.name, 0, 1, values);
    return values;
  }

  return async (start: number, stop: number, destination: RowBuffer): Promise<void> => {
    batch ??= readBatch();
    destination.set((await batch).subarray(start * length, stop * length));
  };
}
