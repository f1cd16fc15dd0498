import type { TensorInfo } from "../../activationFile.ts";
import { omit } from "../../../lookup.ts";
import { unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import type { OpenParts } from "./openParts.ts";
import { readPadded } from "../../rows/raggedRows.ts";
import { shapeFault, type Survey, type SurveyedTensor } from "./survey.ts";

/**
 * A tensor of all parts with an axis of rows before its own: each part is one row. One axis may differ between the
 * parts, but not the last of several: it counts tokens.
 * @param about what is known of the axes, and what it is called
 */
export function stacked(
  tensor: SurveyedTensor,
  about: Pick<TensorInfo, "name" | "axes">,
  survey: Survey,
  parts: OpenParts,
): StoredTensor {
  const { info, extents } = tensor;
  const inner = info.shape.map((_, axis) => extents.range(axis).most);
  const shape = [survey.paths.length, ...inner];
  const uneven = [...inner.keys()].filter((axis) => !extents.isEven(axis));
  const fault = tensor.fault ?? shapeFault(tensor, survey, uneven);
  if (fault !== undefined) return unreadableTensor(about.name, shape, fault);
  const readRagged = (row: number) =>
    Promise.resolve({
      shape: extents.shape(row),
      read: (start: number, stop: number, destination: Float32Array | Float64Array) =>
        parts.use(row, (file) => file.readRows(info.name, start, stop, destination)),
    });
  const kept = omit(info, "axes");
  const [axis = 0] = uneven;
  const ragged = { axis: axis + 1, fewest: extents.range(axis).fewest };
  return {
    info: { ...kept, ...about, shape, ragged, order: "row-major" },
    readRagged,
    readRows: (start, stop, destination) => readPadded(inner, start, stop, destination, readRagged),
  };
}

/** One value of each part, as a vector. */
export function gathered(
  { info, fault }: SurveyedTensor,
  survey: Survey,
  parts: OpenParts,
): StoredTensor {
  const { name } = info;
  const count = survey.paths.length;
  if (fault !== undefined) return unreadableTensor(name, [count], fault);
  const all: TensorInfo = { ...info, shape: [count], order: "row-major" };
  if (info.elementType === "text") {
    return {
      info: all,
      async readLabels() {
        const texts: string[] = [];
        for (let part = 0; part < count; part++) {
          const [text = ""] = await parts.use(part, (file) => file.readLabels(name));
          texts.push(text);
        }
        return texts;
      },
    };
  }
  return {
    info: all,
    async readRows(start, stop, destination) {
      for (let part = start; part < stop; part++) {
        const place = destination.subarray(part - start, part - start + 1);
        await parts.use(part, (file) => file.readRows(name, 0, 1, place));
      }
    },
  };
}
