import { afterAll, describe, expect, it } from "vitest";
import { separate } from "../../../../src/ged/full/separate.ts";
import { diagonalOfSum, separateBySum } from "../../../../src/ged/full/separateBySum.ts";
import {
  meanEigenvalue,
  shrinking,
  shrunkCovariance,
} from "../../../../src/ged/method/shrinkage/shrink.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { randomMatrix } from "../../linalg/random.ts";

const products = await createWasmProducts({ threads: 2 });
afterAll(() => products.dispose());
const options = { products, checkpoint: () => undefined };

/** S of the given rank and `R = 2 L - S`, both positive semidefinite. */
function pair(k: number, rank: number): { target: Matrix; reference: Matrix } {
  const rows = randomMatrix(rank, k, 5);
  const scale = (j: number): number => Math.exp(-j / 20);
  for (let i = 0; i < rank * k; i += 1) rows.values[i] *= scale(i % k) / Math.sqrt(rank);
  const target = products.multiply(rows, rows, { transposeA: true });
  const reference = matrix(
    k,
    k,
    target.values.map((value) => -value),
  );
  for (let i = 0; i < k; i += 1) reference.values[i * k + i] += 7 * scale(i) ** 2;
  return { target, reference };
}

function expectClose(found: Float64Array, expected: Float64Array, tolerance: number): void {
  const largest = Math.max(...expected.map(Math.abs));
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(tolerance * largest);
  });
}

describe("separateBySum", () => {
  it.each([
    { k: 60, rank: 200, gamma: 0.01 },
    { k: 60, rank: 30, gamma: 0.2 },
    { k: 60, rank: 100, gamma: 0.9 },
  ])("agrees with the general way, k = $k, rank $rank, g = $gamma", ({ k, rank, gamma }) => {
    const { target, reference } = pair(k, rank);
    const sum = diagonalOfSum(target, reference);
    if (sum === undefined) throw new Error("The sum is diagonal.");
    const by = shrinking(gamma, meanEigenvalue(reference));
    const covariance = shrunkCovariance(reference, by);
    const found = separateBySum(target, reference, sum, by, options);
    if (found === undefined) throw new Error("No digits are lost here.");
    const expected = separate(target, reference, covariance, options);
    expectClose(found.eigenvalues, expected.eigenvalues, 1e-11);
    // Where S is singular, the directions that carry nothing are nobody's in particular.
    const carrying = Math.min(rank, k);
    for (const name of ["carriedVariance", "silencedVariance"] as const) {
      expectClose(found[name].slice(0, carrying), expected[name].slice(0, carrying), 1e-11);
    }
    // w'R~w = 1, w'Sw = l
    const image = products.multiply(found.vectors, covariance);
    const gram = products.multiply(image, found.vectors, { transposeB: true });
    for (let i = 0; i < k; i += 1) {
      for (let j = 0; j < k; j += 1) {
        expect(gram.values[i * k + j]).toBeCloseTo(i === j ? 1 : 0, 9);
      }
    }
  });

  it("leaves what would lose digits to the general way", () => {
    const k = 8;
    const target = matrix(k, k);
    const reference = matrix(k, k);
    for (let i = 0; i < k; i += 1) {
      target.values[i * k + i] = 1;
      reference.values[i * k + i] = i === 0 ? 1e-9 : 1;
    }
    const sum = diagonalOfSum(target, reference);
    if (sum === undefined) throw new Error("The sum is diagonal.");
    expect(separateBySum(target, reference, sum, shrinking(0, 1), options)).toBeUndefined();
  });

  it("knows a sum that is not diagonal, or not positive", () => {
    const { target, reference } = pair(10, 20);
    const other = matrix(10, 10, reference.values.slice());
    other.values[3 * 10 + 1] += 1e-6;
    expect(diagonalOfSum(target, other)).toBeUndefined();
    const zero = matrix(10, 10);
    expect(diagonalOfSum(zero, zero)).toBeUndefined();
  });
});
