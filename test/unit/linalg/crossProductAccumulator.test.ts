import { afterAll, describe, expect, test } from "vitest";
import { createCrossProductAccumulator } from "../../../src/linalg/crossProductAccumulator.ts";
import { createScriptProducts } from "../../../src/linalg/engines/scriptProducts.ts";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { relativeDifference } from "./identities.ts";
import { randomMatrix } from "./random.ts";

const rows = 700;
const columns = 37;
const threaded = await createWasmProducts({ threads: 2 });
const alone = await createWasmProducts({ threads: 1, variant: "plain" });
afterAll(async () => {
  await threaded.dispose();
  await alone.dispose();
});

/** Rows far from zero, whose mean drifts: what raw second moments would lose. */
function driftingRows(): Float64Array {
  const values = randomMatrix(rows, columns, 21).values;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) values[i * columns + j] += 1000 + j + i / 100;
  }
  return values;
}

/** Two passes, plain sums. */
function expectedMoments(values: Float64Array) {
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) mean[j] += values[i * columns + j] / rows;
  }
  const scatter = new Float64Array(columns * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const left = values[i * columns + j] - mean[j];
      for (let p = 0; p < columns; p++) {
        scatter[j * columns + p] += left * (values[i * columns + p] - mean[p]);
      }
    }
  }
  return { mean, scatter };
}

describe.each([
  ["threads on shared memory", threaded],
  ["one thread, plain SIMD", alone],
  ["plain TypeScript", createScriptProducts()],
])("%s", (_, products) => {
  test.each([
    ["double", 64, 1e-12],
    ["double", 1, 1e-12],
    ["double", 1024, 1e-12],
    ["single", 64, 2e-5],
    ["single", 333, 2e-5],
  ] as const)("%s precision in blocks of %i rows", (precision, blockRows, tolerance) => {
    const values = driftingRows();
    const accumulator = createCrossProductAccumulator(products, columns, { precision, blockRows });
    for (let start = 0; start < rows; start += blockRows) {
      const count = Math.min(blockRows, rows - start);
      accumulator.block.set(values.subarray(start * columns, (start + count) * columns));
      accumulator.add(count);
    }
    const found = accumulator.finish();
    const expected = expectedMoments(values);
    expect(found.rows).toBe(rows);
    expect(relativeDifference(found.mean, expected.mean)).toBeLessThan(tolerance / 100);
    expect(relativeDifference(found.scatter.values, expected.scatter)).toBeLessThan(tolerance);
  });

  test("products between two blocks leave the sum alone", () => {
    const accumulator = createCrossProductAccumulator(products, columns, { blockRows: 400 });
    const values = driftingRows();
    for (const start of [0, 350]) {
      accumulator.block.set(values.subarray(start * columns, (start + 350) * columns));
      accumulator.add(350);
      products.gram(randomMatrix(130, 200, 5));
    }
    const found = accumulator.finish();
    expect(relativeDifference(found.scatter.values, expectedMoments(values).scatter)).toBeLessThan(
      1e-12,
    );
  });

  test("with ddof the scatter is a covariance, the same to the last triangle", () => {
    const values = driftingRows();
    const moments = [undefined, 1].map((ddof) => {
      const accumulator = createCrossProductAccumulator(products, columns, { blockRows: rows });
      accumulator.block.set(values);
      accumulator.add(rows);
      return accumulator.finish(ddof).scatter.values;
    });
    const divided = moments[0].map((value) => value / (rows - 1));
    expect(relativeDifference(moments[1], divided)).toBeLessThan(1e-14);
  });

  test("no rows give zeros, and too many are refused", () => {
    const accumulator = createCrossProductAccumulator(products, 3, { blockRows: 4 });
    expect(() => {
      accumulator.add(5);
    }).toThrow(RangeError);
    accumulator.add(0);
    const { rows: counted, scatter } = accumulator.finish();
    expect(counted).toBe(0);
    expect([...scatter.values]).toEqual(new Array(9).fill(0));
  });
});

test("all shared memory is given back, with a result or without", () => {
  const before = threaded.kernels.heap.usedBytes;
  createCrossProductAccumulator(threaded, 50).finish();
  const cancelled = createCrossProductAccumulator(threaded, 50);
  cancelled.block.fill(1);
  cancelled.add(10);
  cancelled.release();
  cancelled.release();
  expect(threaded.kernels.heap.usedBytes).toBe(before);
});
