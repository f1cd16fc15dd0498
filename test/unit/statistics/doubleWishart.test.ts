import { describe, expect, it } from "vitest";
import { largestRootPoint, wachterEdge } from "../../../src/statistics/doubleWishart.ts";

/** 94 % and 96 % points of the largest of scipy.linalg.eigh's eigenvalues in 4,000 draws of Gaussian rows. */
const drawn = [
  { dimensions: 10, carriedFreedom: 40, silencedFreedom: 60, between: [4.106, 4.254] },
  { dimensions: 20, carriedFreedom: 52, silencedFreedom: 52, between: [9.47, 9.977] },
  { dimensions: 40, carriedFreedom: 60, silencedFreedom: 200, between: [5.669, 5.779] },
  { dimensions: 8, carriedFreedom: 100, silencedFreedom: 30, between: [5.244, 5.543] },
] as const;

describe("the largest generalized eigenvalue if nothing separates", () => {
  it.each(drawn)(
    "lies at 95 % where draws of $dimensions dimensions have it",
    ({ between, ...sizes }) => {
      const [low, high] = between;
      expect(largestRootPoint(sizes)).toBeGreaterThan(low);
      expect(largestRootPoint(sizes)).toBeLessThan(high);
    },
  );

  it("comes to the edge of the bulk as rows and dimensions grow", () => {
    const far = (scale: number): number => {
      const sizes = {
        dimensions: 20 * scale,
        carriedFreedom: 50 * scale,
        silencedFreedom: 60 * scale,
      };
      return largestRootPoint(sizes) / wachterEdge(sizes);
    };
    expect(far(1)).toBeGreaterThan(far(10));
    expect(far(10_000)).toBeCloseTo(1, 2);
  });

  it("has no bound with fewer rows than dimensions", () => {
    const sizes = { dimensions: 50, carriedFreedom: 40, silencedFreedom: 40 };
    expect(largestRootPoint(sizes)).toBe(Infinity);
    expect(wachterEdge(sizes)).toBe(Infinity);
  });
});
