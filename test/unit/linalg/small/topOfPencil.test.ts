import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelMemory } from "../../../../src/linalg/small/kernelMemory.ts";
import { topOfPencil } from "../../../../src/linalg/small/topOfPencil.ts";
import { Workspace } from "../../../../src/linalg/small/workspace.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";
import { symmetricDefiniteEigen } from "../../../../src/linalg/symmetricDefiniteEigen.ts";
import {
  createWasmProducts,
  type WasmProducts,
} from "../../../../src/linalg/engines/wasmProducts.ts";
import { randomMatrix, symmetricWithSpectrum } from "../random.ts";

let products: WasmProducts;
let memory: KernelMemory;

beforeAll(async () => {
  products = await createWasmProducts({ threads: 1 });
  memory = new KernelMemory(products.kernels);
});

afterAll(() => products.dispose());

function pencilOf(spectrum: readonly number[], rank: number, seed: number) {
  const k = spectrum.length;
  const a = symmetricWithSpectrum(spectrum, seed);
  const pieces = {
    matrix: memory.piece("test.matrix", k * k),
    diagonal: memory.piece("test.diagonal", k),
    columns: memory.piece("test.columns", Math.max(1, rank * k)),
    middle: memory.piece("test.middle", Math.max(1, rank * rank)),
  };
  pieces.matrix.values.set(a.values);
  pieces.diagonal.values.set(randomMatrix(1, k, seed + 1).values.map((value) => 2 + value));
  pieces.columns.values.set(randomMatrix(rank, k, seed + 2).values);
  const d = matrix(k, k);
  for (let i = 0; i < k; i += 1) d.values[i * k + i] = pieces.diagonal.values[i];
  for (let c = 0; c < rank; c += 1) {
    for (let b = 0; b < rank; b += 1) {
      const weight = c === b ? 0.1 * (c + 1) : 0.02;
      pieces.middle.values[c * rank + b] = weight;
      for (let i = 0; i < k; i += 1) {
        for (let j = 0; j < k; j += 1) {
          const { values } = pieces.columns;
          d.values[i * k + j] += weight * values[c * k + i] * values[b * k + j];
        }
      }
    }
  }
  return { a, d, pencil: { order: k, rank, ...pieces } };
}

const solve = (pencil: ReturnType<typeof pencilOf>["pencil"], count: number) => {
  const values = new Float64Array(count);
  const vectors = memory.piece("test.vectors", count * pencil.order);
  const found = topOfPencil(pencil, count, values, vectors, memory, new Workspace());
  return { found, values, vectors: vectors.values };
};

describe("the top of a pencil", () => {
  it.each([
    [6, 0],
    [7, 2],
    [40, 3],
    [75, 17],
    [200, 4],
  ])("of order %i is that of the full solver", (k, rank) => {
    const spectrum = Array.from({ length: k }, (_, i) => 0.8 ** (i * (30 / k)) + 1e-3);
    const { a, d, pencil } = pencilOf(spectrum, rank, 100 + k);
    const count = Math.min(5, k - 1);
    const { found, values, vectors } = solve(pencil, count);
    expect(found).toBe(true);
    const wanted = symmetricDefiniteEigen(d, a, { vectors: 0 }).values;
    for (let c = 0; c < count; c += 1) {
      expect(values[c] / wanted[c]).toBeCloseTo(1, 11);
      for (let i = 0; i < k; i += 1) {
        let residual = 0;
        let size = 0;
        for (let j = 0; j < k; j += 1) {
          const w = vectors[c * k + j];
          residual += (d.values[i * k + j] - values[c] * a.values[i * k + j]) * w;
          size += Math.abs(values[c] * a.values[i * k + j] * w);
        }
        expect(Math.abs(residual)).toBeLessThan(1e-9 * (size + 1e-6));
      }
    }
  });

  it("is not guessed if the matrix is not positive definite or eigenvalues coincide", () => {
    const bad = pencilOf([3, 2, 2, 1, 1, 0.5, -1e-3], 1, 7).pencil;
    expect(solve(bad, 2).found).toBe(false);
    const { pencil } = pencilOf(new Array<number>(40).fill(1), 0, 9);
    pencil.diagonal.values.fill(1, 0, 40);
    pencil.diagonal.values.fill(2, 0, 3);
    expect(solve(pencil, 3).found).toBe(false);
  });
});
