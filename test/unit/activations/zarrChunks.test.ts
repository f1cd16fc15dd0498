import { describe, expect, it } from "vitest";
import { chunkPanel, visitRuns } from "../../../src/activations/formats/zarr/chunkPanel.ts";

/** All coordinates of a grid of chunks, the last axis first. */
function coordinatesOf(shape: readonly number[], chunkShape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (found, extent, axis) => {
      const count = Math.ceil(extent / (chunkShape[axis] ?? 1));
      return found.flatMap((before) => Array.from({ length: count }, (_, at) => [...before, at]));
    },
    [[]],
  );
}

/** Chunks of an array whose values are their positions in it; beyond its edges they are negative. */
function chunksOf(shape: readonly number[], chunkShape: readonly number[]) {
  return coordinatesOf(shape, chunkShape).map((coordinates) => {
    const inside = coordinatesOf(
      chunkShape,
      chunkShape.map(() => 1),
    );
    const values = inside.map((offsets) => {
      const place = offsets.map(
        (at, axis) => at + (coordinates[axis] ?? 0) * (chunkShape[axis] ?? 1),
      );
      if (place.some((at, axis) => at >= (shape[axis] ?? 0))) return -1;
      return place.reduce((position, at, axis) => position * (shape[axis] ?? 1) + at, 0);
    });
    return { coordinates, bytes: new Uint8Array(Float32Array.from(values).buffer) };
  });
}

const cases = [
  [[11], [3]],
  [[11], [20]],
  [
    [11, 6],
    [3, 6],
  ],
  [
    [11, 6],
    [3, 2],
  ],
  [
    [11, 6],
    [3, 4],
  ],
  [
    [11, 6],
    [3, 8],
  ],
  [
    [11, 6],
    [20, 6],
  ],
  [
    [7, 5, 4],
    [2, 5, 4],
  ],
  [
    [7, 5, 4],
    [2, 3, 4],
  ],
  [
    [7, 5, 4],
    [3, 2, 3],
  ],
  [
    [5, 1, 3, 2],
    [2, 1, 2, 2],
  ],
] as const;

describe("rows of an array in chunks", () => {
  for (const [shape, chunkShape] of cases) {
    const array = { shape, chunkShape, elementType: "float32" } as const;
    const length = shape.slice(1).reduce<number>((product, extent) => product * extent, 1);
    const chunks = chunksOf(shape, chunkShape);

    it(`[${shape}] in [${chunkShape}]`, () => {
      const rows = shape[0];
      const panel = chunkPanel(array, chunks, 7, 0, rows);
      for (let from = 0; from < rows; from++) {
        for (let to = from + 1; to <= rows; to++) {
          const destination = new Float64Array(2 + (to - from) * length + 1).fill(-7);
          panel.copy(from, to, destination, 2);
          const wanted = Array.from(
            { length: (to - from) * length },
            (_, at) => from * length + at,
          );
          expect([...destination]).toEqual([-7, -7, ...wanted, -7]);
        }
      }
    });

    it(`[${shape}] in [${chunkShape}], every second of which is missing`, () => {
      const [rows] = shape;
      const written = chunks.filter((_, at) => at % 2 === 1);
      const destination = new Float64Array(rows * length);
      chunkPanel(array, written, 0.5, 0, rows).copy(0, rows, destination, 0);
      const covered = new Set<number>();
      for (const { coordinates } of written) {
        visitRuns(array, coordinates, 0, rows, (_, at, count) => {
          for (let next = 0; next < count; next++) covered.add(at + next);
        });
      }
      expect([...destination]).toEqual(
        Array.from(destination, (_, at) => (covered.has(at) ? at : 0.5)),
      );
    });
  }
});
