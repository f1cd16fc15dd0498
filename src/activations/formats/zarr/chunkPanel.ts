import type { NumericType } from "../../elements/elementType.ts";
import { valueReader } from "../../elements/valueReader.ts";
import type { RowPanel } from "../../rows/rowPanels.ts";
import { rowLength, valueCount } from "../../shape.ts";

/** One unpacked chunk: always of the full size, even at the array's edge. */
export interface ZarrChunk {
  readonly coordinates: readonly number[];
  /** In C order, of this machine's byte order. */
  readonly bytes: Uint8Array;
}

/** An array in chunks, as its metadata tell. */
export interface ChunkedShape {
  readonly shape: readonly number[];
  readonly chunkShape: readonly number[];
}

/** Values that lie together in a chunk and in the array: where in each, and how many. */
type VisitRun = (inChunk: number, inRows: number, count: number) => void;

/**
 * Visits the values that a chunk has of rows `from` to `to`, in runs as long as possible; what the chunk has beyond
 * the edges of the array is left out.
 * @param visit given the position in the chunk and the one among the rows, both in values and C order
 */
export function visitRuns(
  { shape, chunkShape }: ChunkedShape,
  coordinates: readonly number[],
  from: number,
  to: number,
  visit: VisitRun,
): void {
  const axes = shape.length;
  const firsts = coordinates.map((at, axis) => at * (chunkShape[axis] ?? 0));
  const starts = firsts.map((first, axis) => (axis === 0 ? Math.max(first, from) : first));
  const stops = firsts.map((first, axis) =>
    Math.min(first + (chunkShape[axis] ?? 0), axis === 0 ? to : (shape[axis] ?? 0)),
  );
  if (stops.some((stop, axis) => stop <= (starts[axis] ?? 0))) return;
  // Where a chunk has the whole of all later axes, all that it has of an axis lies together.
  let runAxis = axes - 1;
  while (runAxis > 0 && chunkShape[runAxis] === shape[runAxis]) runAxis--;
  const inner = valueCount(shape.slice(runAxis + 1));
  const count = ((stops[runAxis] ?? 0) - (starts[runAxis] ?? 0)) * inner;
  const at = [...starts];
  for (;;) {
    let inChunk = 0;
    let inRows = 0;
    for (let axis = 0; axis < axes; axis++) {
      const position = at[axis] ?? 0;
      inChunk = inChunk * (chunkShape[axis] ?? 0) + position - (firsts[axis] ?? 0);
      inRows = inRows * (shape[axis] ?? 0) + position - (axis === 0 ? from : 0);
    }
    visit(inChunk, inRows, count);
    let axis = runAxis - 1;
    for (; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      at[axis] = next < (stops[axis] ?? 0) ? next : (starts[axis] ?? 0);
      if (next < (stops[axis] ?? 0)) break;
    }
    if (axis < 0) return;
  }
}

/**
 * Rows `start` to `stop`, kept as the chunks in which they lie and decoded from there: put together first, they would
 * be copied once more.
 * @param chunks all that were written of those rows
 * @param fill where no chunk was written
 */
export function chunkPanel(
  array: ChunkedShape & { readonly elementType: NumericType },
  chunks: readonly ZarrChunk[],
  fill: number,
  start: number,
  stop: number,
): RowPanel {
  const { shape, chunkShape, elementType } = array;
  const across = valueCount(
    shape.slice(1).map((n, axis) => Math.ceil(n / (chunkShape[axis + 1] ?? 1))),
  );
  const chunkRows = chunkShape[0] ?? 1;
  const bands = Math.ceil(stop / chunkRows) - Math.floor(start / chunkRows);
  const isComplete = chunks.length === across * bands;
  const length = rowLength(shape);
  const readers = chunks.map(({ coordinates, bytes }) => ({
    coordinates,
    read: valueReader(elementType, bytes),
  }));
  return {
    start,
    stop,
    copy(from, to, destination, at) {
      if (!isComplete) destination.fill(fill, at, at + (to - from) * length);
      for (const { coordinates, read } of readers) {
        visitRuns(array, coordinates, start + from, start + to, (inChunk, inRows, count) => {
          read(inChunk, count, destination, at + inRows);
        });
      }
    },
  };
}
