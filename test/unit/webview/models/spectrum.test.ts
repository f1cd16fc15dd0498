import { expect, it } from "vitest";
import { cumulativeShare, splitSpectrum } from "../../../../webview/models/spectrum.ts";

it("sets rounding noise apart as zeros", () => {
  const noise = Array.from({ length: 22 }, (_, i) => (i % 2 === 0 ? 1e-14 : -5e-14));
  const { positive, zeros } = splitSpectrum([187.9, 139.6, 0.13, ...noise]);
  expect(positive).toEqual([187.9, 139.6, 0.13]);
  expect(zeros).toBe(22);
});

it("keeps small eigenvalues that are not noise", () => {
  expect(splitSpectrum([1, 1e-9]).zeros).toBe(0);
  expect(splitSpectrum([0, 0])).toEqual({ positive: [], zeros: 2 });
});

it("adds shares up to the whole", () => {
  expect(cumulativeShare([2, 1, 1], 4)).toEqual([0.5, 0.75, 1]);
});
