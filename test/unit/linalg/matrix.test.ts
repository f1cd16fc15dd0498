import { describe, expect, it } from "vitest";
import { matrix, mirrorLowerTriangle } from "../../../src/linalg/matrix.ts";

describe("mirrorLowerTriangle", () => {
  it.each([1, 2, 31, 32, 33, 100])("makes a matrix of order %i symmetric", (n) => {
    const a = matrix(
      n,
      n,
      Float64Array.from({ length: n * n }, (_, at) => at),
    );
    mirrorLowerTriangle(a);
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        expect(a.values[i * n + j]).toBe(i * n + j);
        expect(a.values[j * n + i]).toBe(i * n + j);
      }
    }
  });
});
