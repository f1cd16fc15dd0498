import { describe, expect, it } from "vitest";
import { crossApproximation } from "../../../../src/linalg/small/crossApproximation.ts";
import { solveGeneral } from "../../../../src/linalg/small/solveGeneral.ts";
import { randomMatrix } from "../random.ts";

function rebuilt(values: Float64Array, rows: number, columns: number): [number, number] {
  const { rank, left, right } = crossApproximation(values.slice(), rows, columns);
  let worst = 0;
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      let sum = 0;
      for (let c = 0; c < rank; c += 1) sum += left[c * rows + i] * right[c * columns + j];
      worst = Math.max(worst, Math.abs(sum - values[i * columns + j]));
    }
  }
  return [rank, worst];
}

describe("cross approximation", () => {
  it("has few terms for a Cauchy matrix, and none of its digits is lost", () => {
    const rows = 150;
    const columns = 120;
    const values = Float64Array.from({ length: rows * columns }, (_, at) => {
      const x = 1 + (rows - Math.floor(at / columns)) / rows;
      return 0.01 / (x - 1 + (1 + (at % columns)) / columns);
    });
    const [rank, worst] = rebuilt(values, rows, columns);
    expect(rank).toBeLessThan(30);
    expect(worst / Math.max(...values)).toBeLessThan(1e-14);
  });

  it("takes as many terms as there are rows if it must, and none for nothing", () => {
    const [rank, worst] = rebuilt(randomMatrix(7, 12, 3).values, 7, 12);
    expect(rank).toBe(7);
    expect(worst).toBeLessThan(1e-14);
    expect(rebuilt(new Float64Array(6), 2, 3)).toEqual([0, 0]);
    expect(rebuilt(new Float64Array(0), 0, 3)).toEqual([0, 0]);
  });
});

describe("a general system", () => {
  it("is solved for several right sides, pivots exchanged", () => {
    const n = 9;
    const a = randomMatrix(n, n, 5).values;
    a[0] = 0;
    const x = randomMatrix(n, 2, 6).values;
    const b = new Float64Array(n * 2);
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        for (let c = 0; c < 2; c += 1) b[i * 2 + c] += a[i * n + j] * x[j * 2 + c];
      }
    }
    solveGeneral(a.slice(), n, b, 2);
    b.forEach((value, i) => expect(value).toBeCloseTo(x[i], 11));
  });

  it("that is singular has no finite solution", () => {
    const b = Float64Array.of(1, 2);
    solveGeneral(Float64Array.of(1, 1, 1, 1), 2, b, 1);
    expect(b.every(Number.isFinite)).toBe(false);
  });
});
