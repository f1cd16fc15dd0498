import { expect, it } from "vitest";
import { kernelDensity, quantile, silvermanBandwidth } from "../../../../webview/models/density.ts";

const values = Float64Array.of(-1.5, -0.2, 0, 0.1, 0.4, 2.3);

it("follows Silverman's rule of thumb", () => {
  // Standard deviation 1.2321 (ddof 1), interquartile range 0.475 over 1.34, the smaller: 0.35448.
  expect(silvermanBandwidth(values)).toBeCloseTo(0.9 * (0.475 / 1.34) * 6 ** -0.2, 12);
});

it("integrates to 1 and is the mean of Gaussians", () => {
  const curve = kernelDensity(values, 2001);
  if (!curve) throw new Error("There is a density.");
  const { x, y } = curve;
  const step = (x[1] ?? 0) - (x[0] ?? 0);
  expect(y.reduce((sum, value) => sum + value * step, 0)).toBeCloseTo(1, 2);
  const h = silvermanBandwidth(values);
  const place = x[700] ?? NaN;
  const expected =
    values.reduce((sum, value) => sum + Math.exp(-0.5 * ((place - value) / h) ** 2), 0) /
    (6 * h * Math.sqrt(2 * Math.PI));
  expect(y[700]).toBeCloseTo(expected, 12);
});

it("has nothing to draw where all values are equal or there is one", () => {
  expect(kernelDensity(Float64Array.of(2, 2, 2))).toBeUndefined();
  expect(kernelDensity(Float64Array.of(2))).toBeUndefined();
});

it("interpolates quantiles as numpy does", () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75);
  expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  expect(quantile([], 0.5)).toBeNaN();
});
