import { expect, it } from "vitest";
import { quantile } from "../../../src/statistics/quantile.ts";

it("lies between order statistics as numpy's does", () => {
  expect(quantile(Float64Array.of(0, 1, 2, 3), 0.25)).toBe(0.75);
  expect(quantile(Float64Array.of(4), 0.9)).toBe(4);
  expect(quantile(Float64Array.of(), 0.5)).toBeNaN();
});
