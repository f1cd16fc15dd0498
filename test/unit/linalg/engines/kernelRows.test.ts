import { afterAll, describe, expect, test } from "vitest";
import { KernelRows } from "../../../../src/linalg/engines/kernelRows.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";
import { partialOperatorEigen } from "../../../../src/linalg/partialEigen/partialOperatorEigen.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { symmetricEigen } from "../../../../src/linalg/symmetricEigen.ts";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { lossOfOrthogonality, relativeDifference, residual } from "../identities.ts";
import { randomMatrix } from "../random.ts";

const products = await createWasmProducts({ threads: 2 });
afterAll(() => products.dispose());
const script = createScriptProducts();

function hold(rows: number, columns: number, scale: (column: number) => number): KernelRows {
  const held = new KernelRows(products, rows, columns);
  const { values } = randomMatrix(rows, columns, 11);
  held.rows.values.set(values.map((value, i) => value * scale(i % columns)));
  return held;
}

describe("rows in the kernels' memory", () => {
  const rows = 70;
  const columns = 50;
  const held = hold(rows, columns, (j) => 1 / (1 + j));
  afterAll(() => held.release());
  /** Z, copied out */
  const z = matrix(rows, columns, held.rows.values.slice());

  test("Z X', W Z and Z'Z over some rows are the ordinary products", () => {
    const x = randomMatrix(7, columns, 1);
    expect(
      relativeDifference(
        held.project(x).values,
        script.multiply(z, x, { transposeB: true }).values,
      ),
    ).toBeLessThan(1e-13);
    const some = matrix(40, columns, z.values.slice(20 * columns, 60 * columns));
    const w = randomMatrix(7, 40, 2);
    expect(
      relativeDifference(held.combine(w, 20, 60).values, script.multiply(w, some).values),
    ).toBeLessThan(1e-13);
    expect(
      relativeDifference(
        held.crossProduct(20, 60).values,
        script.multiply(some, some, { transposeA: true }).values,
      ),
    ).toBeLessThan(1e-13);
  });

  test("eigenpairs of Z'Z are those of the matrix, found without it", () => {
    const wide = hold(300, 400, (j) => Math.exp(-j / 20));
    const z = matrix(300, 400, wide.rows.values.slice());
    const a = script.multiply(z, z, { transposeA: true });
    let trace = 0;
    for (const value of z.values) trace += value * value;
    const found = partialOperatorEigen(wide, trace, { products, share: 0.9 });
    wide.release();
    if ("refused" in found) throw new Error(found.refused);
    const expected = symmetricEigen(a).values.slice(0, found.values.length);
    expect(expected.reduce((sum, value) => sum + value, 0) / trace).toBeGreaterThan(0.9);
    expect(relativeDifference(found.values, expected)).toBeLessThan(1e-12);
    expect(residual(a, found.values, found.vectors, script)).toBeLessThan(1e-12);
    expect(lossOfOrthogonality(found.vectors, script)).toBeLessThan(1e-13);
  });

  test("what the search applied gives the rows on what it found", () => {
    const wide = hold(300, 400, (j) => Math.exp(-j / 20));
    try {
      const trace = wide.rows.values.reduce((sum, value) => sum + value * value, 0);
      const found = partialOperatorEigen(wide, trace, { products, share: 0.9 });
      if ("refused" in found || !found.coefficients) throw new Error("found without a restart");
      const known = wide.projectApplied(found.coefficients);
      expect(relativeDifference(known.values, wide.project(found.vectors).values)).toBeLessThan(
        1e-13,
      );
      expect(() => wide.projectApplied(randomMatrix(2, 3, 1))).toThrow(RangeError);
      wide.forget();
      expect(() => wide.projectApplied(found.coefficients ?? z)).toThrow(RangeError);
    } finally {
      wide.release();
    }
  });

  test("a flat spectrum is refused at once, an immense one too", () => {
    const flat = hold(600, 200, () => 1);
    try {
      expect(partialOperatorEigen(flat, 600 * 200, { products, share: 0.99 })).toHaveProperty(
        "refused",
      );
      expect(partialOperatorEigen(flat, 1e70, { products, share: 0.5 })).toEqual({
        refused: "its trace is 1e+70",
      });
    } finally {
      flat.release();
    }
  });

  test("memory is given back, once", () => {
    const before = products.kernels.heap.usedBytes;
    const short = hold(30, 20, () => 1);
    short.project(randomMatrix(2, 20, 3));
    partialOperatorEigen(short, 1, { products, count: 2 });
    short.release();
    short.release();
    expect(products.kernels.heap.usedBytes).toBe(before);
  });
});
