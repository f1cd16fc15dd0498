import { afterAll, describe, expect, test } from "vitest";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { spectrumEnds } from "../../../../src/linalg/partialEigen/spectrumEnds.ts";
import { symmetricWithSpectrum } from "../random.ts";

const products = await createWasmProducts({ threads: 2 });
afterAll(() => products.dispose());

const n = 520;
const withSpectrum = (value: (i: number) => number, order = n) =>
  symmetricWithSpectrum(
    Array.from({ length: order }, (_, i) => value(i)),
    3,
  );

describe("the ends of a spectrum", () => {
  test.each<[string, (i: number) => number, number, number]>([
    ["flat", (i) => Math.exp((-4 * i) / n), 1, Math.exp((-4 * (n - 1)) / n)],
    ["steep", (i) => 0.97 ** i, 1, 0.97 ** (n - 1)],
    ["small", (i) => 1e-40 * (1 + (n - 1 - i) / n), 1e-40 * (1 + (n - 1) / n), 1e-40],
  ])("are found where it is %s", (_, value, largest, smallest) => {
    const found = spectrumEnds(withSpectrum(value), products);
    expect((found?.largest ?? NaN) / largest - 1).toBeCloseTo(0, 11);
    // Rounding of the matrix itself, relative to its largest eigenvalue, is more for the smallest.
    expect((found?.smallest ?? NaN) / smallest - 1).toBeCloseTo(0, 8);
  });

  test.each<[string, (i: number) => number, number]>([
    ["singular", (i) => (i === n - 1 ? 0 : 1 + i), n],
    ["singular but for rounding", (i) => (i === n - 1 ? 1e-12 : 1 + i / n), n],
    ["of three values only", (i) => (i === 0 ? 9 : i < n - 1 ? 2 : 1), n],
    ["indefinite", (i) => i - 5.5, n],
    ["small enough for all of it", (i) => 1 + i, 100],
  ])("are left to all eigenvalues where the matrix is %s", (_, value, order) => {
    expect(spectrumEnds(withSpectrum(value, order), products)).toBeUndefined();
  });

  test("do not hide a value that is not finite", () => {
    const a = withSpectrum((i) => 1 + i);
    a.values[7] = NaN;
    expect(() => spectrumEnds(a, products)).toThrow("finite");
  });
});
