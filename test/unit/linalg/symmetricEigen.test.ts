import { afterAll, describe, expect, test } from "vitest";
import { matrix } from "../../../src/linalg/matrix.ts";
import type { Products } from "../../../src/linalg/products.ts";
import { EigenWorkspace, symmetricEigen } from "../../../src/linalg/symmetricEigen.ts";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { lossOfOrthogonality, relativeDifference, residual } from "./identities.ts";
import { randomMatrix, symmetricWithSpectrum } from "./random.ts";
import { fromRows, scipyReference } from "./scipyReference.ts";

describe.each(scipyReference.eigen)("scipy's eigenvalues: $name", ({ matrix: rows, values }) => {
  test("agree, and the vectors hold", () => {
    const a = fromRows(rows);
    const found = symmetricEigen(a);
    expect(relativeDifference(found.values, values)).toBeLessThan(1e-13);
    expect(residual(a, found.values, found.vectors)).toBeLessThan(1e-13);
    expect(lossOfOrthogonality(found.vectors)).toBeLessThan(1e-13);
  });
});

const spectra: [string, (i: number, n: number) => number][] = [
  ["clustered", (i) => (i % 3 === 0 ? 1 : 1 + 1e-10 * i)],
  ["identity", () => 1],
  ["zero", () => 0],
  ["rank deficient", (i, n) => (i < n / 4 ? 1 + i : 0)],
  ["graded", (i, n) => 10 ** (-20 * (i / n))],
  ["graded within the precision", (i, n) => 10 ** (-14 * (i / n))],
  ["near overflow", (i, n) => 1e300 * (1 - (2 * i) / n)],
  ["near underflow", (i, n) => 1e-300 * (1 + i / n)],
  ["decaying", (i) => 1 / (1 + i) ** 2],
];

const threaded = await createWasmProducts({ threads: 2 });
const alone = await createWasmProducts({ threads: 1, variant: "plain" });
afterAll(async () => {
  await threaded.dispose();
  await alone.dispose();
});
const engines: [string, Products | undefined, number[]][] = [
  ["plain TypeScript", undefined, [1, 2, 3, 7, 50, 74, 131]],
  ["one thread, plain SIMD", alone, [1, 2, 32, 33, 65, 131, 200]],
  ["two threads", threaded, [1, 33, 64, 74, 131, 333, 450]],
];

describe.each(engines)("%s", (_engine, products, orders) => {
  describe.each(spectra)("a spectrum that is %s", (_spectrum, value) => {
    test.each(orders)("at order %i", (n) => {
      const spectrum = Array.from({ length: n }, (_, i) => value(i, n));
      const a = symmetricWithSpectrum(spectrum, 11 + n);
      const { values, vectors } = symmetricEigen(a, { products });
      const descending = spectrum.sort((x, y) => y - x);
      expect(relativeDifference(values, descending)).toBeLessThan(1e-13);
      expect(residual(a, values, vectors, products)).toBeLessThan(2e-13);
      expect(lossOfOrthogonality(vectors, products)).toBeLessThan(1e-13);
      const valuesOnly = symmetricEigen(a, { products, vectors: 0 }).values;
      expect(relativeDifference(valuesOnly, descending)).toBeLessThan(1e-13);
    });
  });
});

describe("matrices that are tridiagonal already", () => {
  const n = 240;
  const kinds: [string, (i: number) => number, (i: number) => number][] = [
    ["Wilkinson's, with pairs of all but equal eigenvalues", (i) => Math.abs(i - n / 2), () => 1],
    ["second differences", () => 2, () => -1],
    ["glued blocks", (i) => i % 20, (i) => (i % 20 === 0 ? 1e-9 : 1)],
    ["coupled by nothing", (i) => i, () => 0],
    ["without a diagonal", () => 0, (i) => (i % 2 === 0 ? -3 : 0.5)],
  ];
  test.each(kinds)("%s", (_, diagonal, coupling) => {
    const a = matrix(n, n);
    for (let i = 0; i < n; i++) {
      a.values[i * n + i] = diagonal(i);
      if (i > 0) {
        a.values[i * n + i - 1] = coupling(i);
        a.values[(i - 1) * n + i] = coupling(i);
      }
    }
    const expected = symmetricEigen(a).values;
    const { values, vectors } = symmetricEigen(a, { products: threaded });
    expect(relativeDifference(values, expected)).toBeLessThan(1e-13);
    expect(residual(a, values, vectors, threaded)).toBeLessThan(1e-13);
    expect(lossOfOrthogonality(vectors, threaded)).toBeLessThan(1e-13);
  });
});

describe("options", () => {
  const a = symmetricWithSpectrum(
    Array.from({ length: 60 }, (_, i) => 1 / (1 + i)),
    5,
  );
  const full = symmetricEigen(a);

  test.each([0, 1, 10, 59])("the leading %i vectors are those of the full call", (count) => {
    const { values, vectors } = symmetricEigen(a, { vectors: count });
    expect(relativeDifference(values, full.values)).toBeLessThan(1e-14);
    expect(vectors.rows).toBe(count);
    expect(residual(a, values, vectors)).toBeLessThan(1e-13);
    expect(lossOfOrthogonality(vectors)).toBeLessThan(1e-13);
  });

  test.each([0, 1, 10, 59])("and so on the kernels, for %i", (count) => {
    const { values, vectors } = symmetricEigen(a, { vectors: count, products: threaded });
    expect(relativeDifference(values, full.values)).toBeLessThan(1e-14);
    expect(vectors.rows).toBe(count);
    expect(residual(a, values, vectors)).toBeLessThan(1e-13);
    expect(lossOfOrthogonality(vectors)).toBeLessThan(1e-13);
  });

  test("a workspace serves orders that come and go", () => {
    const workspace = new EigenWorkspace();
    for (const n of [40, 60, 13, 60, 1]) {
      const b = symmetricWithSpectrum(
        Array.from({ length: n }, (_, i) => 1 + i),
        n,
      );
      const { values, vectors } = symmetricEigen(b, { workspace });
      expect(values.length).toBe(n);
      expect(residual(b, values, vectors)).toBeLessThan(1e-13);
    }
  });

  test("the input is left as it was and its upper triangle is not read", () => {
    const b = randomMatrix(9, 9, 3);
    for (let i = 0; i < 9; i++) for (let j = i + 1; j < 9; j++) b.values[i * 9 + j] = NaN;
    const before = b.values.slice();
    const { values } = symmetricEigen(b);
    expect(b.values).toEqual(before);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test.each([undefined, threaded])("a checkpoint that throws stops the work", (products) => {
    const before = products?.kernels.heap.usedBytes;
    const stop = () => {
      throw new Error("stopped");
    };
    expect(() => symmetricEigen(a, { checkpoint: stop, products })).toThrow("stopped");
    expect(products?.kernels.heap.usedBytes).toBe(before);
  });
});

test("an empty matrix has no eigenvalues", () => {
  const { values, vectors } = symmetricEigen(matrix(0, 0));
  expect(values.length).toBe(0);
  expect(vectors.rows).toBe(0);
});

test("what is not finite is refused with its place", () => {
  const a = matrix(3, 3);
  a.values[7] = NaN;
  expect(() => symmetricEigen(a)).toThrow("holds NaN at row 3, column 2");
});

test("what is not square is refused", () => {
  expect(() => symmetricEigen(matrix(2, 3))).toThrow(RangeError);
});
