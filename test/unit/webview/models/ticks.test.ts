import { expect, it } from "vitest";
import {
  logarithmicRange,
  logarithmicTicks,
  symmetricLimit,
} from "../../../../webview/models/ticks.ts";

it("puts ticks on powers of ten, thinned where there are many", () => {
  expect(logarithmicTicks(0.05, 200)).toEqual([0.1, 1, 10, 100]);
  const many = logarithmicTicks(1e-14, 1e3);
  expect(many.length).toBeLessThanOrEqual(8);
  expect(many[0]).toBe(1e-14);
});

it("takes steps of 1, 2 and 5 within a decade", () => {
  expect(logarithmicTicks(0.8, 9)).toEqual([1, 2, 5]);
  expect(logarithmicTicks(2000, 6000)).toEqual([2000, 5000]);
});

it("leaves what cannot stand on a logarithmic axis out of its range", () => {
  const { minimum, maximum } = logarithmicRange([0, -1, NaN, Infinity, 0.1, 100]);
  expect(minimum).toBeLessThan(0.1);
  expect(minimum).toBeGreaterThan(0.05);
  expect(maximum).toBeGreaterThan(100);
  expect(logarithmicRange([])).toEqual({ minimum: 0.1, maximum: 10 });
});

it("is symmetric about zero and never empty", () => {
  expect(symmetricLimit([1, -4], [2])).toBeCloseTo(4.32);
  expect(symmetricLimit([0, 0])).toBe(1);
});
