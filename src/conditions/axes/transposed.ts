import type { ActivationFile, RowBuffer, TensorInfo } from "../../activations/activationFile.ts";
import { fitsSingle } from "../../activations/elements/elementType.ts";
import { shapeText, valueCount } from "../../activations/shape.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import { omit } from "../../lookup.ts";

/** A matrix that is to be turned is held in memory, up to so many values. */
const mostHeld = 2 ** 28;
/** Columns of the file are turned so many at a time, so that both sides stay in the cache. */
const tile = 32;

/**
 * The file with a matrix `[neurons, rows]` as `[rows, neurons]`, and the matrix so. It is read once, whole.
 * @throws EigenlensError "condition", when rows are read, if it is too large to be held; as the file does
 */
export function transposed(
  file: ActivationFile,
  info: TensorInfo,
): { readonly file: ActivationFile; readonly info: TensorInfo } {
  const [neurons = 0, rows = 0] = info.shape;
  const turned: TensorInfo = { ...omit(info, "axes", "columnNames"), shape: [rows, neurons] };
  let held: Promise<RowBuffer> | undefined;

  async function readWhole(): Promise<RowBuffer> {
    const count = valueCount(info.shape);
    if (count > mostHeld) {
      throw new EigenlensError(
        "condition",
        `${place(file.path, info.name)}: ${shapeText(info.shape)} holds ${count} values, too many to be held for turning rows and columns: save it as ${shapeText(turned.shape)}.`,
      );
    }
    const values = fitsSingle(info.elementType) ? new Float32Array(count) : new Float64Array(count);
    await file.readRows(info.name, 0, neurons, values);
    const found = values.slice();
    for (let from = 0; from < rows; from += tile) {
      const to = Math.min(rows, from + tile);
      for (let neuron = 0; neuron < neurons; neuron += 1) {
        const own = values.subarray(neuron * rows + from, neuron * rows + to);
        own.forEach((value, at) => (found[(from + at) * neurons + neuron] = value));
      }
    }
    return found;
  }

  return {
    info: turned,
    file: {
      ...omit(file, "entryOf", "readRagged", "bySequence"),
      tensors: file.tensors.map((tensor) => (tensor.name === info.name ? turned : tensor)),
      async readRows(tensor, start, stop, destination) {
        if (tensor !== info.name) return file.readRows(tensor, start, stop, destination);
        held ??= readWhole();
        destination.set((await held).subarray(start * neurons, stop * neurons));
      },
    },
  };
}
