import { describe, expect, it } from "vitest";
import { largestEigenvalues } from "../../../src/linalg/small/tridiagonal.ts";
import { tridiagonalQl } from "../../../src/linalg/tridiagonalQl.ts";
import { createRandom } from "./random.ts";

/**
 * What the Householder reduction leaves of a covariance whose spectrum decays: values below the rounding of the
 * largest, which a shift no longer tells apart.
 */
function belowRounding(small: number, large: number, seed: number) {
  const random = createRandom(seed);
  const n = small + large;
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const growth = i < small ? 0 : (i - small + 1) / large;
    const among = Math.min(i, small) / small;
    diagonal[i] = 2e-13 * (1 + 3 * among) * (0.95 + 0.1 * random()) * Math.pow(1.25e16, growth);
    if (i === 0) continue;
    const sign = random() < 0.5 ? -1 : 1;
    const share = Math.min(0.5, 0.05 + 0.6 * Math.sqrt(among));
    const size = share * (0.8 + 0.4 * random()) * Math.sqrt(diagonal[i - 1] * diagonal[i]);
    offDiagonal[i] = sign * size;
  }
  return { diagonal, offDiagonal, n };
}

describe("the QL method", () => {
  it.each([1, 2, 3, 4])("finds all values if some lie below rounding (seed %i)", (seed) => {
    const { diagonal, offDiagonal, n } = belowRounding(300, 1500, seed);
    const count = 40;
    let norm = 0;
    for (let i = 0; i < n; i++) {
      norm = Math.max(norm, diagonal[i] + 2 * Math.abs(offDiagonal[i]));
    }
    const expected = new Float64Array(count);
    largestEigenvalues(diagonal, offDiagonal, n, count, 2 * norm, expected);
    const values = diagonal.slice();
    tridiagonalQl(values, offDiagonal.slice(), n);
    values.sort().reverse();
    for (let i = 0; i < count; i++) {
      expect(Math.abs(values[i] - expected[i])).toBeLessThan(1e-13 * norm);
    }
    const trace = diagonal.reduce((sum, value) => sum + value, 0);
    const found = values.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(found - trace)).toBeLessThan(1e-12 * norm);
  });

  it("refuses what is not a number without searching for it", () => {
    const diagonal = Float64Array.of(1, NaN, 3);
    expect(() => {
      tridiagonalQl(diagonal, Float64Array.of(0, 1, 1), 3);
    }).toThrow(/of a 3 x 3 matrix was not found/);
  });
});
