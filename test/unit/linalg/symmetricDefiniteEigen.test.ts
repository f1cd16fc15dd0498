import { afterAll, describe, expect, test } from "vitest";
import { cholesky, NotPositiveDefiniteError } from "../../../src/linalg/cholesky.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../src/linalg/engines/scriptProducts.ts";
import { symmetricDefiniteEigen } from "../../../src/linalg/symmetricDefiniteEigen.ts";
import { solveLower, solveLowerTransposed } from "../../../src/linalg/triangular.ts";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { relativeDifference } from "./identities.ts";
import { randomMatrix, symmetricWithSpectrum } from "./random.ts";
import { fromRows, scipyReference } from "./scipyReference.ts";

const script = createScriptProducts();

describe.each(scipyReference.definite)("scipy's generalized eigenvalues: $name", (reference) => {
  const s = fromRows(reference.s);
  const r = fromRows(reference.r);
  const { values, vectors } = symmetricDefiniteEigen(s, r);

  test("agree", () => {
    expect(relativeDifference(values, reference.values)).toBeLessThan(1e-12);
  });

  test("vectors satisfy S w = l R w and w'Rw = 1", () => {
    const left = script.multiply(vectors, s);
    const right = script.multiply(vectors, r);
    for (let i = 0; i < values.length; i++) {
      for (let j = 0; j < s.rows; j++) right.values[i * s.rows + j] *= values[i];
    }
    expect(relativeDifference(left.values, right.values)).toBeLessThan(1e-12);
    const lengths = script.multiply(script.multiply(vectors, r), vectors, { transposeB: true });
    for (let i = 0; i < values.length; i++) {
      expect(Math.abs(lengths.values[i * values.length + i] - 1)).toBeLessThan(1e-12);
    }
  });

  test("the Cholesky factor is scipy's", () => {
    expect(relativeDifference(cholesky(r).values, reference.cholesky.flat())).toBeLessThan(1e-14);
  });
});

const threaded = await createWasmProducts({ threads: 2 });
const alone = await createWasmProducts({ threads: 1, variant: "plain" });
afterAll(async () => {
  await threaded.dispose();
  await alone.dispose();
});

describe.each([
  ["two threads", threaded],
  ["one thread, plain SIMD", alone],
])("on the kernels, %s", (_, products) => {
  test.each([48, 63, 64, 65, 130, 257])("order %i agrees with plain TypeScript", (n) => {
    const ramp = Float64Array.from({ length: n }, (__, i) => (i % 5 === 0 ? 0 : i / n));
    const s = symmetricWithSpectrum(ramp, n);
    const r = symmetricWithSpectrum(
      ramp.map((value) => 0.01 + value),
      2 * n,
    );
    const expected = symmetricDefiniteEigen(s, r);
    const { values, vectors } = symmetricDefiniteEigen(s, r, { products });
    expect(relativeDifference(values, expected.values)).toBeLessThan(1e-12);
    const image = script.multiply(vectors, s);
    const scaled = script.multiply(vectors, r);
    const gram = script.multiply(scaled, vectors, { transposeB: true });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) scaled.values[i * n + j] *= values[i];
      gram.values[i * n + i] -= 1;
    }
    expect(relativeDifference(image.values, scaled.values)).toBeLessThan(1e-12);
    expect(Math.max(...gram.values.map(Math.abs))).toBeLessThan(1e-12);
    const some = symmetricDefiniteEigen(s, r, { products, vectors: 3 });
    expect(some.vectors.rows).toBe(3);
    expect(relativeDifference(some.values, values)).toBeLessThan(1e-13);
  });

  test("a reference that is not positive definite is refused with its pivot", () => {
    const n = 150;
    const r = matrix(n, n);
    for (let i = 0; i < n; i++) r.values[i * n + i] = i === 130 ? -2 : 1;
    const before = products.kernels.heap.usedBytes;
    expect(() => symmetricDefiniteEigen(r, r, { products })).toThrow(
      "The 150 x 150 matrix is not positive definite: pivot 131 is -2",
    );
    expect(products.kernels.heap.usedBytes).toBe(before);
  });
});

test("triangular solves undo the multiplication", () => {
  const n = 33;
  const l = cholesky(
    symmetricWithSpectrum(
      Array.from({ length: n }, (_, i) => 1 + i),
      8,
    ),
  );
  const b = randomMatrix(n, 7, 9);
  const product = script.multiply(l, solveLower(l, b));
  expect(relativeDifference(product.values, b.values)).toBeLessThan(1e-13);
  const transposed = script.multiply(l, solveLowerTransposed(l, b), { transposeA: true });
  expect(relativeDifference(transposed.values, b.values)).toBeLessThan(1e-13);
});

test("a matrix that is not positive definite is refused with its pivot", () => {
  const a = matrix(3, 3, Float64Array.of(4, 0, 0, 0, 1, 0, 0, 2, 1));
  try {
    cholesky(a);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(NotPositiveDefiniteError);
    expect((error as NotPositiveDefiniteError).pivot).toBe(2);
    expect((error as NotPositiveDefiniteError).value).toBe(-3);
  }
});

test("shapes that do not fit are refused", () => {
  expect(() => symmetricDefiniteEigen(matrix(2, 2), matrix(3, 3))).toThrow(RangeError);
  expect(() => solveLower(matrix(2, 2), matrix(3, 1))).toThrow(RangeError);
});
