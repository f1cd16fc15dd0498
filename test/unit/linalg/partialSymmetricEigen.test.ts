import { afterAll, describe, expect, test } from "vitest";
import { matrix } from "../../../src/linalg/matrix.ts";
import { partialSymmetricEigen } from "../../../src/linalg/partialEigen/partialSymmetricEigen.ts";
import { createScriptProducts } from "../../../src/linalg/engines/scriptProducts.ts";
import { symmetricEigen } from "../../../src/linalg/symmetricEigen.ts";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { lossOfOrthogonality, relativeDifference, residual } from "./identities.ts";
import { symmetricWithSpectrum } from "./random.ts";

const products = await createWasmProducts({ threads: 2 });
afterAll(() => products.dispose());

const n = 400;
const spectrum = (value: (i: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => value(i)).sort((x, y) => y - x);

/** The fewest leading values that hold the share of their sum. */
function countForShare(values: number[], share: number): number {
  const target = share * values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  let count = 0;
  while (sum < target) sum += values[count++];
  return count;
}

describe("partial decompositions", () => {
  const decaying: [string, (i: number) => number][] = [
    ["exponential", (i) => Math.exp(-i / 8)],
    ["exponential down to rounding", (i) => Math.exp(-i)],
    ["cubic", (i) => 1 / (1 + i) ** 3],
    ["in pairs", (i) => Math.exp(-Math.floor(i / 2) / 4)],
    ["steps of ten equal values", (i) => 3 ** -Math.floor(i / 10)],
    ["huge", (i) => 1e200 * Math.exp(-i / 8)],
    ["tiny", (i) => 1e-200 * Math.exp(-i / 8)],
  ];

  test.each(decaying)("share of a spectrum that is %s", (_, value) => {
    const values = spectrum(value);
    const a = symmetricWithSpectrum(values, 3);
    const found = partialSymmetricEigen(a, { products, share: 0.99 });
    if ("refused" in found) throw new Error(found.refused);
    expect(found.values.length).toBe(countForShare(values, 0.99));
    expect(relativeDifference(found.values, values.slice(0, found.values.length))).toBeLessThan(
      1e-13,
    );
    expect(residual(a, found.values, found.vectors, products)).toBeLessThan(1e-12);
    expect(lossOfOrthogonality(found.vectors, products)).toBeLessThan(1e-13);
  });

  test("a count, with negative eigenvalues at the other end", () => {
    const values = spectrum((i) => Math.exp(-i / 8) - (i > 390 ? 0.5 : 0));
    const a = symmetricWithSpectrum(values, 3);
    const found = partialSymmetricEigen(a, { products, count: 20 });
    if ("refused" in found) throw new Error(found.refused);
    expect(relativeDifference(found.values, values.slice(0, 20))).toBeLessThan(1e-13);
    expect(residual(a, found.values, found.vectors, products)).toBeLessThan(1e-12);
  });

  test("restarts find what one space cannot hold", () => {
    const values = spectrum((i) => 1 + 1 / (1 + i));
    const a = symmetricWithSpectrum(values, 3);
    const found = partialSymmetricEigen(a, { products, count: 6 });
    if ("refused" in found) throw new Error(found.refused);
    expect(relativeDifference(found.values, values.slice(0, 6))).toBeLessThan(1e-13);
    expect(residual(a, found.values, found.vectors, products)).toBeLessThan(1e-11);
    expect(lossOfOrthogonality(found.vectors, products)).toBeLessThan(1e-13);
  });

  test.each([
    ["flat", (i: number) => 1 + i / n, /at least \d+ of 400 eigenvectors are wanted/],
    ["one value repeated", (i: number) => (i < 75 ? 1 : 0), /repeated/],
    ["slow", (i: number) => (1 + i) ** -0.6, /wanted|without convergence/],
  ] as const)("a spectrum that is %s is refused with the reason", (_, value, reason) => {
    const a = symmetricWithSpectrum(spectrum(value), 3);
    const before = products.kernels.heap.usedBytes;
    const found = partialSymmetricEigen(a, { products, share: 0.99 });
    expect("refused" in found && found.refused).toMatch(reason);
    expect(products.kernels.heap.usedBytes).toBe(before);
  });

  test("a low rank is found whole: the trace certifies it", () => {
    const values = spectrum((i) => (i < 20 ? 20 - i : 0));
    const found = partialSymmetricEigen(symmetricWithSpectrum(values, 3), { products, share: 1 });
    if ("refused" in found) throw new Error(found.refused);
    expect(relativeDifference(found.values, values.slice(0, 20))).toBeLessThan(1e-13);
  });

  test("a checkpoint that throws stops the search and frees its memory", () => {
    const a = symmetricWithSpectrum(spectrum(Math.exp), 3);
    const before = products.kernels.heap.usedBytes;
    const checkpoint = () => {
      throw new Error("stopped");
    };
    expect(() => partialSymmetricEigen(a, { products, count: 3, checkpoint })).toThrow("stopped");
    expect(products.kernels.heap.usedBytes).toBe(before);
  });
});

test("what is not finite is refused with its place", () => {
  const a = matrix(n, n);
  a.values[5 * n + 2] = Infinity;
  expect(() => partialSymmetricEigen(a, { products, count: 2 })).toThrow(
    "holds Infinity at row 6, column 3",
  );
});

test("neither count nor share is refused", () => {
  expect(() => partialSymmetricEigen(matrix(4, 4), { products })).toThrow(RangeError);
});

test("full decompositions choose their vectors once they see the values", () => {
  const values = spectrum((i) => 1 / (1 + i));
  const a = symmetricWithSpectrum(values, 7);
  for (const engine of [products, createScriptProducts()]) {
    const found = symmetricEigen(a, {
      products: engine,
      vectors: (seen) => {
        expect(relativeDifference(seen, values)).toBeLessThan(1e-13);
        return countForShare([...seen], 0.5);
      },
    });
    expect(found.vectors.rows).toBe(countForShare(values, 0.5));
    expect(residual(a, found.values, found.vectors, products)).toBeLessThan(1e-13);
  }
});
