import type { RaggedRow, RowBuffer } from "../activationFile.ts";
import { valueCount } from "../shape.ts";

/**
 * Rows of different extents as rows of the largest: what a row lacks is 0.
 * @param shape of one row, the largest extents
 * @param read gives each row as an array of its own
 */
export async function readPadded(
  shape: readonly number[],
  start: number,
  stop: number,
  destination: RowBuffer,
  read: (row: number) => Promise<RaggedRow>,
): Promise<void> {
  const length = valueCount(shape);
  for (let row = start; row < stop; row++) {
    const found = await read(row);
    const at = (row - start) * length;
    const place = destination.subarray(at, at + length);
    const [entries = 1] = found.shape;
    if (valueCount(found.shape) === length) {
      await found.read(0, entries, place);
      continue;
    }
    const count = valueCount(found.shape);
    const values =
      destination instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
    if (count > 0) await found.read(0, entries, values);
    place.fill(0);
    spread(values, found.shape, place, shape);
  }
}

/** Copies an array into the low corner of a larger one of the same rank. */
function spread(
  from: RowBuffer,
  fromShape: readonly number[],
  to: RowBuffer,
  toShape: readonly number[],
): void {
  const [entries = 1, ...inner] = fromShape;
  const outer = toShape.slice(1);
  const length = valueCount(inner);
  const wide = valueCount(outer);
  if (length === wide) {
    to.set(from);
    return;
  }
  for (let entry = 0; entry < entries; entry++) {
    const values = from.subarray(entry * length, (entry + 1) * length);
    spread(values, inner, to.subarray(entry * wide, (entry + 1) * wide), outer);
  }
}

/** An array in memory as a row. */
export function heldRow(shape: readonly number[], values: RowBuffer): RaggedRow {
  const length = valueCount(shape.slice(1));
  return {
    shape,
    read(start, stop, destination) {
      destination.set(values.subarray(start * length, stop * length));
      return Promise.resolve();
    },
  };
}
