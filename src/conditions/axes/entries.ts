import type { ActivationFile, RowBuffer, TensorInfo } from "../../activations/activationFile.ts";
import { fitsSingle } from "../../activations/elements/elementType.ts";
import { shapeText, valueCount } from "../../activations/shape.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import { omit } from "../../lookup.ts";

/** An entry that its format cannot read in parts is held in memory, up to so many values. */
const mostHeld = 2 ** 28;

/**
 * The file with one entry of a tensor's first axis in the tensor's place, and the entry.
 * @param index along the first axis, within it
 */
export function entryOf(
  file: ActivationFile,
  info: TensorInfo,
  index: number,
): { readonly file: ActivationFile; readonly info: TensorInfo } {
  const entry: TensorInfo = { ...omit(info, "axes", "ragged"), shape: info.shape.slice(1) };
  const readable = file.entryOf?.(info.name, index);
  const tensors = file.tensors.map((tensor) => (tensor.name === info.name ? entry : tensor));
  const readHeld = readable === undefined ? heldReader(file, info, index) : undefined;
  const rest = omit(file, "entryOf", "readRagged", "bySequence");
  return {
    info: entry,
    file: {
      ...rest,
      tensors,
      ...(readable?.entryOf === undefined ? {} : { entryOf: readable.entryOf }),
      readRows(tensor, start, stop, destination) {
        if (tensor !== info.name) return file.readRows(tensor, start, stop, destination);
        if (readable !== undefined) return readable.readRows(tensor, start, stop, destination);
        return readHeld?.(start, stop, destination) ?? Promise.resolve();
      },
    },
  };
}

/** Reads the whole entry once. */
function heldReader(file: ActivationFile, info: TensorInfo, index: number) {
  const shape = info.shape.slice(1);
  const count = valueCount(shape);
  const length = valueCount(shape.slice(1));
  let held: Promise<RowBuffer> | undefined;

  async function readEntry(): Promise<RowBuffer> {
    if (count > mostHeld) {
      throw new EigenlensError(
        "condition",
        `${place(file.path, info.name)}: ${shapeText(info.shape)} holds ${count} values in one entry of its first axis, too many to be held: save it as ${shapeText(shape)}, or with rows first.`,
      );
    }
    const values = fitsSingle(info.elementType) ? new Float32Array(count) : new Float64Array(count);
    await file.readRows(info.name, index, index + 1, values);
    return values;
  }

  return async (start: number, stop: number, destination: RowBuffer): Promise<void> => {
    held ??= readEntry();
    destination.set((await held).subarray(start * length, stop * length));
  };
}
