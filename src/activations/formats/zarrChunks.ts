import type { NumericType } from "../elementType.ts";
import { decodeValues } from "../decode.ts";
import type { RowPanel } from "../rowPanels.ts";

/** A chunk as the library unpacks it: always of the full size, even at the array's edge. */
export interface ZarrChunk {
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  /** In C order, of this machine's byte order. */
  readonly bytes: Uint8Array;
}

/** A matrix in chunks. */
export interface ChunkedMatrix {
  readonly columns: number;
  /** Rows and columns of a chunk. */
  readonly chunk: readonly [number, number];
  readonly elementType: NumericType;
  readonly width: number;
  readonly read: (coordinates: [number, number]) => Promise<ZarrChunk>;
}

/**
 * Rows `start` to `stop` of a matrix, kept as the chunks in which they lie and decoded from there: put together first,
 * they would be copied once more.
 * @param start the first row of a chunk
 * @returns undefined where chunks are not in C order
 */
export async function chunkPanel(
  matrix: ChunkedMatrix,
  start: number,
  stop: number,
): Promise<RowPanel | undefined> {
  const { columns, chunk, elementType, width, read } = matrix;
  const [chunkRows, chunkColumns] = chunk;
  const across = Math.ceil(columns / chunkColumns);
  const first = start / chunkRows;
  const wanted: Promise<ZarrChunk>[] = [];
  for (let row = first; row * chunkRows < stop; row++) {
    for (let column = 0; column < across; column++) wanted.push(read([row, column]));
  }
  const chunks = await Promise.all(wanted);
  if (!chunks.every(({ stride }) => stride[0] === chunkColumns && stride[1] === 1))
    return undefined;
  return {
    start,
    stop,
    copy(from, to, destination, at) {
      for (let row = from; row < to;) {
        const band = Math.floor(row / chunkRows);
        // Where chunks have all columns, all rows of one lie together.
        const end = chunkColumns === columns ? Math.min(to, (band + 1) * chunkRows) : row + 1;
        for (let column = 0; column < across; column++) {
          const left = column * chunkColumns;
          const count = (end - row) * Math.min(chunkColumns, columns - left);
          const offset = (row - band * chunkRows) * chunkColumns * width;
          const bytes = chunks[band * across + column]?.bytes.subarray(offset);
          if (bytes === undefined) throw new RangeError("A panel lacks a chunk.");
          const target = at + (row - from) * columns + left;
          decodeValues(elementType, "little", bytes, destination, target, count);
        }
        row = end;
      }
    },
  };
}
