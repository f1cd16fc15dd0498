import { byteWidth } from "../elements/elementType.ts";
import { rowLength, valueCount } from "../shape.ts";
import type { StridedLayout } from "../strided/stridedLayout.ts";

/** A span of the file is read at once where at least this share of it is wanted, or where it is small. */
const usefulShare = 0.25;
const smallSpan = 2 ** 16;
/** No single read is longer, so that memory stays bounded. */
const longestSpan = 8 * 2 ** 20;

/**
 * The stored bytes of rows `start` to `stop` in C order, from any strides: a transposition by blocks. Inner
 * positions are visited in the order in which they lie in the file, neighbours share one read, and the
 * values are scattered to their places.
 * @returns `(stop - start) * rowLength * width` bytes, in the file's byte order
 */
export async function gatherRows(
  layout: StridedLayout,
  start: number,
  stop: number,
): Promise<Uint8Array> {
  const { source, offset, shape, strides, elementType } = layout;
  const width = byteWidth(elementType);
  const rows = stop - start;
  const length = rowLength(shape);
  const result = new Uint8Array(rows * length * width);
  if (result.length === 0) return result;
  const rowStride = strides[0] ?? 1;
  const inner = innerOffsets(shape, strides);
  const order = sortedOrder(inner);
  const scatter = scatterer(result, width);

  // Where rows do not interleave, they are taken in groups of as many as one read may hold.
  const innerSpan = (inner[order[length - 1] ?? 0] ?? 0) - (inner[order[0] ?? 0] ?? 0) + 1;
  const dense = length >= rowStride * usefulShare || rowStride * width < smallSpan;
  const apart = rows > 1 && rowStride >= innerSpan;
  const groupRows = !apart ? rows : dense ? rowsWithin(rows, rowStride, width) : 1;

  for (let group = 0; group < rows; group += groupRows) {
    const runRows = Math.min(groupRows, rows - group);
    const runSpan = (runRows - 1) * rowStride + 1;
    const wholeSpan = innerSpan + runSpan - 1;
    const together =
      wholeSpan * width <= longestSpan && runRows * length >= wholeSpan * usefulShare;
    const base = (start + group) * rowStride;
    for (let from = 0; from < length;) {
      const first = inner[order[from] as number] as number;
      let to = from + 1;
      let span = runSpan;
      if (together) {
        to = length;
        span = wholeSpan;
      }
      while (to < length) {
        const next = (inner[order[to] as number] as number) - first + runSpan;
        const useful = (to + 1 - from) * runRows;
        if (next * width > longestSpan) break;
        if (useful < next * usefulShare && next * width > smallSpan) break;
        span = next;
        to++;
      }
      for (let row = 0; row < runRows;) {
        // One position's run may itself be longer than one read.
        const part = to - from === 1 ? rowsWithin(runRows - row, rowStride, width) : runRows;
        const partSpan = to - from === 1 ? (part - 1) * rowStride + 1 : span;
        const at = base + row * rowStride + first;
        const bytes = await source.read(offset + at * width, partSpan * width);
        for (let position = from; position < to; position++) {
          const column = order[position] as number;
          const shift = (inner[column] as number) - first;
          const target = (group + row) * length + column;
          scatter(bytes, shift, rowStride, target, length, part);
        }
        row += part;
      }
      from = to;
    }
  }
  return result;
}

function rowsWithin(rows: number, stride: number, width: number): number {
  const fitting = Math.floor(longestSpan / width / Math.max(1, stride));
  return Math.max(1, Math.min(rows, fitting));
}

/** The offset in values of each inner position, in C order. */
function innerOffsets(shape: readonly number[], strides: readonly number[]): Float64Array {
  const extents = shape.slice(1);
  const offsets = new Float64Array(valueCount(extents));
  let repeat = offsets.length;
  for (let axis = 0; axis < extents.length; axis++) {
    const extent = extents[axis] as number;
    const stride = strides[axis + 1] as number;
    repeat /= extent;
    for (let i = 0; i < offsets.length; i++) {
      offsets[i] = (offsets[i] as number) + (Math.floor(i / repeat) % extent) * stride;
    }
  }
  return offsets;
}

function sortedOrder(offsets: Float64Array): Uint32Array {
  const order = Uint32Array.from(offsets.keys());
  let sorted = true;
  for (let i = 1; i < offsets.length && sorted; i++) {
    sorted = (offsets[i] as number) >= (offsets[i - 1] as number);
  }
  if (!sorted) order.sort((a, b) => (offsets[a] as number) - (offsets[b] as number));
  return order;
}

type Scatter = (
  bytes: Uint8Array,
  from: number,
  fromStep: number,
  to: number,
  toStep: number,
  count: number,
) => void;

/** Copies `count` values of `width` bytes, `fromStep` and `toStep` values apart. */
function scatterer(result: Uint8Array, width: number): Scatter {
  const wide = width === 8 ? 2 : 1;
  const view = (bytes: Uint8Array) =>
    width === 1
      ? bytes
      : width === 2
        ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1)
        : new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const target = view(result);
  // Eight-byte values move as two words: as doubles, foreign bit patterns might be altered on the way.
  return (bytes, from, fromStep, to, toStep, count) => {
    const aligned = bytes.byteOffset % Math.min(width, 4) === 0 ? bytes : bytes.slice();
    const stored = view(aligned);
    let read = from * wide;
    let write = to * wide;
    for (let i = 0; i < count; i++) {
      target[write] = stored[read] as number;
      if (wide === 2) target[write + 1] = stored[read + 1] as number;
      read += fromStep * wide;
      write += toStep * wide;
    }
  };
}
