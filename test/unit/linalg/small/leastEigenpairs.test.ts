import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelMemory, type KernelPiece } from "../../../../src/linalg/small/kernelMemory.ts";
import { leastEigenpairs } from "../../../../src/linalg/small/leastEigenpairs.ts";
import { Workspace } from "../../../../src/linalg/small/workspace.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import {
  createWasmProducts,
  type WasmProducts,
} from "../../../../src/linalg/engines/wasmProducts.ts";
import { symmetricWithSpectrum } from "../random.ts";

let products: WasmProducts;
let memory: KernelMemory;

beforeAll(async () => {
  products = await createWasmProducts({ threads: 1 });
  memory = new KernelMemory(products.kernels);
});

afterAll(() => products.dispose());

function placed({ values }: Matrix, name: string): KernelPiece {
  const piece = memory.piece(name, values.length);
  piece.values.set(values);
  return piece;
}

const solve = (first: Matrix, second: Matrix, count: number) =>
  leastEigenpairs(
    [placed(first, "test.first"), placed(second, "test.second")],
    first.rows,
    count,
    memory,
    new Workspace(),
  ).map(({ values, vectors }) => ({
    values: values.slice(0, count),
    vectors: vectors.values.slice(0, count * first.rows),
  }));

/** Largest entry of `A x - l x` and of `X X' - I`. */
function errors(a: Matrix, values: Float64Array, vectors: Float64Array) {
  const n = a.rows;
  let residual = 0;
  let overlap = 0;
  for (let c = 0; c < values.length; c += 1) {
    for (let i = 0; i < n; i += 1) {
      let sum = -values[c] * vectors[c * n + i];
      for (let j = 0; j < n; j += 1) sum += a.values[i * n + j] * vectors[c * n + j];
      residual = Math.max(residual, Math.abs(sum));
    }
    for (let other = 0; other <= c; other += 1) {
      let sum = other === c ? -1 : 0;
      for (let i = 0; i < n; i += 1) sum += vectors[c * n + i] * vectors[other * n + i];
      overlap = Math.max(overlap, Math.abs(sum));
    }
  }
  return { residual, overlap };
}

const even = (n: number) => Array.from({ length: n }, (_, i) => 1 - i / n);

describe("the least eigenpairs of two matrices", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 4],
    [5, 5],
    [7, 3],
    [18, 5],
    [19, 6],
    [42, 5],
    [63, 11],
    [64, 10],
  ])("of order %i, %i of them", (n, count) => {
    const matrices = [symmetricWithSpectrum(even(n), 1), symmetricWithSpectrum(even(n), 2)];
    solve(matrices[0], matrices[1], count).forEach(({ values, vectors }, which) => {
      const wanted = even(n).reverse().slice(0, count);
      values.forEach((value, c) => expect(value).toBeCloseTo(wanted[c], 13));
      const { residual, overlap } = errors(matrices[which], values, vectors);
      expect(residual).toBeLessThan(2e-14);
      expect(overlap).toBeLessThan(2e-14);
    });
  });

  it.each([
    ["eigenvalues that coincide", [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.2, 0.2, 0.2]],
    ["all the same", Array.from({ length: 9 }, () => 1)],
    ["nothing", Array.from({ length: 9 }, () => 0)],
    ["below zero", [3, 2, 0, -1, -1, -5, -5.000000001]],
    ["over twelve decades", Array.from({ length: 12 }, (_, i) => 10 ** -i)],
    ["a pair that is nearly one", [1, 0.9, 0.8, 0.3, 0.3 - 1e-13, 0.3 - 2e-13]],
  ])("finds vectors at right angles: %s", (_name, spectrum) => {
    const a = symmetricWithSpectrum(spectrum, 3);
    const other = symmetricWithSpectrum(even(spectrum.length), 4);
    const count = Math.min(6, spectrum.length);
    const [{ values, vectors }] = solve(a, other, count);
    const wanted = [...spectrum].sort((x, y) => x - y);
    values.forEach((value, c) => expect(value).toBeCloseTo(wanted[c], 13));
    const { residual, overlap } = errors(a, values, vectors);
    expect(residual).toBeLessThan(5e-14);
    expect(overlap).toBeLessThan(2e-14);
  });

  it("takes a diagonal matrix as it is, and blocks that nothing couples", () => {
    const diagonal = matrix(6, 6);
    const blocks = matrix(6, 6);
    for (let i = 0; i < 6; i += 1) {
      diagonal.values[7 * i] = (i * 7) % 6;
      blocks.values[7 * i] = 2;
      const partner = i % 2 === 0 ? i + 1 : i - 1;
      blocks.values[6 * i + partner] = 1;
    }
    const [first, second] = solve(diagonal, blocks, 6);
    expect([...first.values]).toEqual([0, 1, 2, 3, 4, 5].map((value) => expect.closeTo(value, 14)));
    expect([...second.values]).toEqual(
      [1, 1, 1, 3, 3, 3].map((value) => expect.closeTo(value, 14)),
    );
    expect(errors(diagonal, first.values, first.vectors).residual).toBeLessThan(1e-14);
    expect(errors(blocks, second.values, second.vectors).overlap).toBeLessThan(1e-14);
  });

  it("gives each the same digits whatever lies beside it", () => {
    const a = symmetricWithSpectrum(even(20), 5);
    const [alone] = solve(a, a, 5);
    const [beside] = solve(a, symmetricWithSpectrum([...even(19), 40], 6), 5);
    expect(beside).toEqual(alone);
  });

  it("refuses what is not a number", () => {
    const broken = symmetricWithSpectrum(even(8), 7);
    broken.values.fill(NaN);
    expect(() => solve(broken, symmetricWithSpectrum(even(8), 8), 3)).toThrow(/was not found/);
  });
});
