import type { ActivationFile, RaggedRow, RowBuffer, TensorInfo } from "../../activationFile.ts";
import { omit } from "../../../lookup.ts";
import { rowLength, valueCount } from "../../shape.ts";
import { unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import type { OpenParts } from "./openParts.ts";
import { heldRow, readPadded } from "../../rows/raggedRows.ts";
import { shapeFault, type Survey, type SurveyedTensor } from "./survey.ts";

/**
 * A tensor of all parts, their rows one after another. Of three axes and more one, but not the last, may differ
 * between the parts: it counts tokens.
 * @param name what to call it
 * @param paths of the parts, for messages
 */
export function concatenated(
  tensor: SurveyedTensor,
  name: string,
  survey: Survey,
  parts: OpenParts,
): StoredTensor {
  const { info, extents } = tensor;
  const { rank } = extents;
  const shape = Array.from({ length: rank }, (_, axis) => extents.range(axis).most);
  const starts = new RowStarts(survey.paths.length, (part) => extents.get(part, 0));
  shape[0] = starts.rows;
  const uneven = [...shape.keys()].slice(1).filter((axis) => !extents.isEven(axis));
  const fault = tensor.fault ?? shapeFault(tensor, survey, uneven);
  if (fault !== undefined) return unreadableTensor(name, shape, fault);
  const [axis] = uneven;
  const between = axis === undefined ? undefined : { axis, fewest: extents.range(axis).fewest };
  const varies = tensor.ragged ?? between;
  const about = omit(info, "ragged");
  const all: TensorInfo = {
    ...about,
    name,
    shape,
    ...(varies === undefined ? {} : { ragged: varies }),
  };
  const readLabels = labelsOf(info, survey.paths.length, parts);
  if (info.elementType === "text") return { info: all, readLabels };
  if (varies === undefined) {
    const readRows = denseRows(info.name, rowLength(shape), starts, parts);
    return { info: all, readRows, readLabels };
  }
  const readRagged = (row: number) => {
    const part = starts.partOf(row);
    const at = row - starts.first(part);
    const own = extents.shape(part).slice(1);
    return raggedRow(parts, part, info.name, at, own, tensor.ragged !== undefined);
  };
  const inner = shape.slice(1);
  return {
    info: all,
    readRagged,
    readRows: (start, stop, destination) => readPadded(inner, start, stop, destination, readRagged),
  };
}

/** Which part holds which rows. */
class RowStarts {
  readonly rows: number;
  readonly #starts: Float64Array;

  constructor(parts: number, rowsOf: (part: number) => number) {
    this.#starts = new Float64Array(parts + 1);
    for (let part = 0; part < parts; part++) {
      this.#starts[part + 1] = this.first(part) + rowsOf(part);
    }
    this.rows = this.first(parts);
  }

  /** The first row of a part; of the part after the last, the number of all rows. */
  first(part: number): number {
    return this.#starts[part] ?? 0;
  }

  partOf(row: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.first(middle) <= row) low = middle;
      else high = middle;
    }
    return low;
  }
}

function denseRows(name: string, length: number, starts: RowStarts, parts: OpenParts) {
  /** After the rows that were last asked for. */
  let following = 0;
  return async (start: number, stop: number, destination: RowBuffer): Promise<void> => {
    const inOrder = start === following;
    following = stop;
    for (let row = start; row < stop;) {
      const part = starts.partOf(row);
      // Small files would be opened before the machine has done anything with the last.
      if (inOrder && stop < starts.first(part + 1)) parts.prepare(part + 1);
      const first = starts.first(part);
      const end = Math.min(stop, starts.first(part + 1));
      const place = destination.subarray((row - start) * length, (end - start) * length);
      const from = row - first;
      await parts.use(part, (file) => file.readRows(name, from, end - first, place));
      row = end;
    }
  };
}

/**
 * A row of one part.
 * @param shape of the part's rows, if they are alike
 * @param mayDiffer whether rows differ within some part
 */
function raggedRow(
  parts: OpenParts,
  part: number,
  name: string,
  row: number,
  shape: readonly number[],
  mayDiffer: boolean,
): Promise<RaggedRow> {
  const plain: RaggedRow = {
    shape,
    read: (start, stop, destination) =>
      parts.use(part, (file) => readEntries(file, name, row, shape, start, stop, destination)),
  };
  if (!mayDiffer) return Promise.resolve(plain);
  return parts.use(part, (file) => {
    const { ragged } = file.tensors.find((tensor) => tensor.name === name) ?? {};
    const own = ragged === undefined ? undefined : file.readRagged?.(name, row);
    return own ?? Promise.resolve(plain);
  });
}

/** Entries of one row: only these where the format allows it. */
async function readEntries(
  file: ActivationFile,
  name: string,
  row: number,
  shape: readonly number[],
  start: number,
  stop: number,
  destination: RowBuffer,
): Promise<void> {
  const isWhole = stop - start === shape[0];
  const entry = isWhole ? undefined : file.entryOf?.(name, row);
  if (isWhole) return file.readRows(name, row, row + 1, destination);
  if (entry !== undefined) return entry.readRows(name, start, stop, destination);
  const count = valueCount(shape);
  const whole =
    destination instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  await file.readRows(name, row, row + 1, whole);
  return heldRow(shape, whole).read(start, stop, destination);
}

function labelsOf(info: TensorInfo, count: number, parts: OpenParts) {
  return async (): Promise<string[]> => {
    const labels: string[] = [];
    for (let part = 0; part < count; part++) {
      for (const label of await parts.use(part, (file) => file.readLabels(info.name))) {
        labels.push(label);
      }
    }
    return labels;
  };
}
