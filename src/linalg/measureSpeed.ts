import { createCrossProductAccumulator } from "./crossProductAccumulator.ts";
import { matrix, mirrorLowerTriangle } from "./matrix.ts";
import type { Products } from "./products.ts";
import { symmetricEigen } from "./symmetricEigen.ts";

/** Multiply-adds a second. */
export interface Speed {
  /** Of sums of cross products, in each precision. */
  readonly double: number;
  readonly single: number;
  /** Of decompositions, counted as `3 n^3`. */
  readonly decomposition: number;
}

const rows = 512;
const columns = 512;
const blocks = 4;
const order = 320;

const known = new WeakMap<Products, Speed>();

/** How fast an engine is here and now; measured once for each, in a tenth of a second or so. */
export function measureSpeed(products: Products): Speed {
  let speed = known.get(products);
  if (speed === undefined) {
    speed = {
      double: crossProducts(products, "double"),
      single: crossProducts(products, "single"),
      decomposition: decompositions(products),
    };
    known.set(products, speed);
  }
  return speed;
}

function crossProducts(products: Products, precision: "double" | "single"): number {
  const accumulator = createCrossProductAccumulator(products, columns, {
    precision,
    blockRows: rows,
  });
  // Both of its blocks.
  for (let block = 0; block < 2; block += 1) {
    fill(accumulator.block);
    accumulator.add(rows);
  }
  const started = performance.now();
  for (let block = 0; block < blocks; block += 1) accumulator.add(rows);
  accumulator.finish();
  return perSecond(blocks * rows * columns * (columns / 2), started);
}

function decompositions(products: Products): number {
  const a = matrix(order, order);
  fill(a.values);
  mirrorLowerTriangle(a);
  symmetricEigen(a, { products });
  const started = performance.now();
  symmetricEigen(a, { products });
  return perSecond(3 * order ** 3, started);
}

function perSecond(operations: number, started: number): number {
  return (1000 * operations) / Math.max(performance.now() - started, 0.01);
}

/** Numbers in (-1, 1) of no pattern. */
function fill(values: Float32Array | Float64Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = Math.sin(12.9898 * i + 0.5 * Math.sin(i));
}
