import fc from "fast-check";
import { expect, it } from "vitest";
import { logarithmicHistogram } from "../../../../webview/models/histogram.ts";

it("counts every drawable value once and reaches the observed one", () => {
  const ratio = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(ratio, { maxLength: 50 }), ratio, (values, observed) => {
      const { edges, counts } = logarithmicHistogram(values, [observed]);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      expect(edges).toHaveLength(counts.length + 1);
      for (const value of [...values, observed]) {
        expect(value).toBeGreaterThanOrEqual((edges[0] ?? NaN) * (1 - 1e-9));
        expect(value).toBeLessThanOrEqual((edges.at(-1) ?? NaN) * (1 + 1e-9));
      }
    }),
  );
});

it("keeps the bars in place while values within the range arrive", () => {
  const first = logarithmicHistogram([0.9, 1.2], [13]);
  const later = logarithmicHistogram([0.9, 1.2, 1.1, 1, 5], [13]);
  expect(later.edges).toEqual(first.edges);
});

it("leaves infinite and zero ratios out", () => {
  const { counts } = logarithmicHistogram([Infinity, 0, NaN, 2], []);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});
