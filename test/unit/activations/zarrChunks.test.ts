import { describe, expect, it } from "vitest";
import { chunkPanel } from "../../../src/activations/formats/zarrChunks.ts";

const [rows, columns] = [11, 6];
const value = (row: number, column: number) => 100 * row + column;

/** Chunks of a matrix whose values say where they lie; beyond its edges they are negative. */
function panel(chunk: readonly [number, number], start: number, stop: number) {
  const [chunkRows, chunkColumns] = chunk;
  const read = ([band, across]: [number, number]) => {
    const values = Float32Array.from({ length: chunkRows * chunkColumns }, (_, at) => {
      const row = band * chunkRows + Math.floor(at / chunkColumns);
      const column = across * chunkColumns + (at % chunkColumns);
      return row < rows && column < columns ? value(row, column) : -1;
    });
    const bytes = new Uint8Array(values.buffer);
    return Promise.resolve({ bytes, shape: chunk, stride: [chunkColumns, 1] });
  };
  return chunkPanel({ columns, chunk, elementType: "float32", width: 4, read }, start, stop);
}

describe("rows of a matrix in chunks", () => {
  for (const chunk of [
    [3, 6],
    [3, 2],
    [3, 4],
    [3, 8],
    [1, 6],
    [20, 6],
  ] as const) {
    it(`of ${chunk.join(" x ")}`, async () => {
      const start = chunk[0] === 20 ? 0 : 3;
      const found = await panel(chunk, start, rows);
      for (const [from, to] of [
        [0, rows - start],
        [1, 5],
        [4, 5],
      ] as const) {
        const destination = new Float64Array(2 + (to - from) * columns + 1).fill(-7);
        found?.copy(from, to, destination, 2);
        const wanted = Array.from({ length: (to - from) * columns }, (_, at) =>
          value(start + from + Math.floor(at / columns), at % columns),
        );
        expect([...destination]).toEqual([-7, -7, ...wanted, -7]);
      }
    });
  }
});
