import { afterAll, describe, expect, test } from "vitest";
import { createCrossProductAccumulator } from "../../src/linalg/crossProductAccumulator.ts";
import { createTensorflowProducts } from "../../src/linalg/engines/tensorflowProducts.ts";
import { createWasmProducts } from "../../src/linalg/engines/wasmProducts.ts";
import { relativeDifference } from "../unit/linalg/identities.ts";
import { describeProducts } from "../unit/linalg/productsSuite.ts";
import { randomMatrix } from "../unit/linalg/random.ts";
import { prepareTensorflow } from "./prepare.mjs";

const loaded = createTensorflowProducts([prepareTensorflow()]);
if ("unavailable" in loaded) throw new Error(loaded.unavailable);
const { products } = loaded;
const wasm = await createWasmProducts();
afterAll(() => wasm.dispose());

describeProducts("TensorFlow, float64", products, [
  [1, 1, 1],
  [5, 3, 7],
  [33, 300, 18],
  [127, 257, 131],
]);

test("symmetric products in bands agree with the kernels", () => {
  const a = randomMatrix(300, 700, 1);
  const gram = products.gram(randomMatrix(700, 60, 2));
  expect(relativeDifference(gram.values, wasm.gram(randomMatrix(700, 60, 2)).values)).toBeLessThan(
    1e-14,
  );
  const found = wasm.multiply(a, a, { transposeA: true });
  const sum = products.multiply(a, a, { transposeA: true });
  expect(relativeDifference(sum.values, found.values)).toBeLessThan(1e-14);
});

describe.each([
  ["double", 1e-13],
  ["single", 1e-5],
] as const)("streamed in %s precision", (precision, tolerance) => {
  test("moments agree with the kernels", () => {
    const [rows, columns] = [900, 600];
    const values = randomMatrix(rows, columns, 3).values.map((value) => value + 50);
    const scatters = [products, wasm].map((engine) => {
      const accumulator = createCrossProductAccumulator(engine, columns, {
        precision: engine === wasm ? "double" : precision,
        blockRows: 256,
      });
      for (let start = 0; start < rows; start += 256) {
        const count = Math.min(256, rows - start);
        accumulator.block.set(values.subarray(start * columns, (start + count) * columns));
        accumulator.add(count);
      }
      return accumulator.finish().scatter.values;
    });
    expect(relativeDifference(scatters[0], scatters[1])).toBeLessThan(tolerance);
  });
});

test("where it cannot be loaded, the reason is one line, not an exception", () => {
  const missing = createTensorflowProducts(["/nowhere"]);
  expect("unavailable" in missing && missing.unavailable).toMatch(/^\/nowhere: Cannot find module/);
});
