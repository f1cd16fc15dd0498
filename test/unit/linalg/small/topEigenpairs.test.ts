import { describe, expect, it } from "vitest";
import { topEigenpairs } from "../../../../src/linalg/small/topEigenpairs.ts";
import { openTaskEngine } from "../../../../src/linalg/small/engineOptions.ts";
import { Workspace } from "../../../../src/linalg/small/workspace.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { symmetricEigen } from "../../../../src/linalg/symmetricEigen.ts";
import { normalRows } from "../../ged/validation/support.ts";

function check(a: Matrix, count: number, workspace = new Workspace()): void {
  const n = a.rows;
  const values = new Float64Array(count);
  const vectors = new Float64Array(count * n);
  topEigenpairs(a.values.slice(), n, count, values, vectors, workspace);
  const full = symmetricEigen(a, { vectors: 0 }).values;
  const size = Math.max(Math.abs(full[0]), Math.abs(full[n - 1]), 1e-300);
  for (let c = 0; c < count; c += 1) {
    expect(Math.abs(values[c] - full[c]) / size).toBeLessThan(1e-13);
    for (let i = 0; i < n; i += 1) {
      let image = 0;
      for (let j = 0; j < n; j += 1) image += a.values[i * n + j] * vectors[c * n + j];
      expect(Math.abs(image - values[c] * vectors[c * n + i]) / size).toBeLessThan(1e-11);
    }
    for (let other = 0; other <= c; other += 1) {
      let product = 0;
      for (let j = 0; j < n; j += 1) product += vectors[c * n + j] * vectors[other * n + j];
      expect(Math.abs(product - (c === other ? 1 : 0))).toBeLessThan(1e-11);
    }
  }
}

function gram(rows: number, depth: number, seed: number): Matrix {
  return createScriptProducts().gram(normalRows(rows, depth, seed));
}

function diagonal(...entries: number[]): Matrix {
  const a = matrix(entries.length, entries.length);
  entries.forEach((entry, i) => {
    a.values[i * entries.length + i] = entry;
  });
  return a;
}

describe("the largest eigenpairs", () => {
  it("are those of the full solver, for sizes from 1", () => {
    for (const n of [1, 2, 3, 5, 17, 42, 74]) check(gram(n, n + 3, n), Math.min(5, n));
  });

  it("are found among equal, clustered and vanishing eigenvalues", () => {
    check(diagonal(2, 2, 2, 2, 1), 4);
    check(diagonal(1, 1 - 1e-14, 1 - 2e-14, 0, 0), 3);
    check(diagonal(0, 0, 0), 2);
    check(gram(30, 2, 9), 5);
    check(diagonal(-3, -1, -2), 2);
  });

  it("are the same on the engine", async () => {
    const products = await openTaskEngine();
    expect(products).toBeDefined();
    check(gram(90, 120, 3), 5, new Workspace(products));
    await products?.dispose();
  });

  it("refuse values that are not finite, with the size of the matrix", () => {
    const run = () => {
      check(diagonal(1, NaN), 1);
    };
    expect(run).toThrow(/2 x 2 matrix of the validation holds values that are not finite/);
  });
});
