import { availableParallelism } from "node:os";
import { afterAll, describe, expect, test } from "vitest";
import { createWasmProducts } from "../../../../src/linalg/engines/wasmProducts.ts";
import { relativeDifference } from "../identities.ts";
import { describeProducts } from "../productsSuite.ts";
import { randomMatrix } from "../random.ts";

const shapes = [
  [1, 1, 1],
  [4, 8, 4],
  [5, 3, 7],
  [6, 256, 8],
  [33, 300, 18],
  [127, 257, 131],
  [200, 700, 90],
  // Few rows along long ones: inner products without packing.
  [7, 771, 101],
  [32, 512, 64],
  [1, 300, 70],
] as const;

const engines = [
  { name: "relaxed SIMD, one thread", variant: "relaxed", threads: 1 },
  { name: "relaxed SIMD, two threads", variant: "relaxed", threads: 2 },
  { name: "relaxed SIMD, five threads", variant: "relaxed", threads: 5 },
  { name: "relaxed SIMD in narrow tiles, two threads", variant: "relaxedNarrow", threads: 2 },
  { name: "plain SIMD, one thread", variant: "plain", threads: 1 },
  { name: "plain SIMD, two threads", variant: "plain", threads: 2 },
] as const;

for (const { name, variant, threads } of engines) {
  const products = await createWasmProducts({ variant, threads, beyondProcessors: true });
  afterAll(() => products.dispose());
  describeProducts(name, products, shapes);
}

test("no more threads are started than there are processors, unless a test asks for them", async () => {
  const processors = availableParallelism();
  const threads = processors + 3;
  const usual = await createWasmProducts({ threads });
  const all = await createWasmProducts({ threads, beyondProcessors: true });
  expect([usual.threads, all.threads]).toEqual([processors, threads]);
  await Promise.all([usual.dispose(), all.dispose()]);
});

describe("the kernels' memory", () => {
  test("is used again, not grown, by the next product", async () => {
    const products = await createWasmProducts({ threads: 2 });
    const a = randomMatrix(150, 400, 1);
    const first = products.gram(a);
    const used = products.kernels.heap.usedBytes;
    for (let i = 0; i < 20; i++) {
      expect(relativeDifference(products.gram(a).values, first.values)).toBe(0);
    }
    expect(products.kernels.heap.usedBytes).toBe(used);
    await products.dispose();
    await products.dispose();
  });

  test("is refused beyond its limit with the figure, and the engine goes on", async () => {
    const products = await createWasmProducts({ threads: 1, memoryLimit: 8 << 20 });
    const large = randomMatrix(1100, 20, 1);
    expect(() => products.gram(large)).toThrow(/needs 9 MB more/);
    const small = randomMatrix(10, 20, 1);
    expect(products.gram(small).values.every(Number.isFinite)).toBe(true);
    await products.dispose();
  });
});
