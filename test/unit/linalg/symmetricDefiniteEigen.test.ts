import { describe, expect, test } from "vitest";
import { cholesky, NotPositiveDefiniteError } from "../../../src/linalg/cholesky.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../src/linalg/scriptProducts.ts";
import { symmetricDefiniteEigen } from "../../../src/linalg/symmetricDefiniteEigen.ts";
import { solveLower, solveLowerTransposed } from "../../../src/linalg/triangular.ts";
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
