import { createCrossProductAccumulator } from "./crossProductAccumulator.ts";
import { matrix } from "./matrix.ts";
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
const order = 320;
const times = 3;

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
  return perSecond(rows * columns * (columns / 2), () => {
    const accumulator = createCrossProductAccumulator(products, columns, {
      precision,
      blockRows: rows,
    });
    fill(accumulator.block);
    accumulator.add(rows);
    accumulator.finish();
  });
}

function decompositions(products: Products): number {
  const a = matrix(order, order);
  fill(a.values);
  for (let i = 0; i < order; i += 1) {
    for (let j = 0; j < i; j += 1) a.values[j * order + i] = a.values[i * order + j];
  }
  return perSecond(3 * order ** 3, () => {
    symmetricEigen(a, { products });
  });
}

/** The quickest of a few turns: what is compiled or fetched first is no measure of a long run. */
function perSecond(operations: number, work: () => void): number {
  let least = Infinity;
  for (let turn = 0; turn < times; turn += 1) {
    const started = performance.now();
    work();
    least = Math.min(least, performance.now() - started);
  }
  return operations / (Math.max(least, 0.01) / 1000);
}

/** Numbers in (-1, 1) of no pattern. */
function fill(values: Float32Array | Float64Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = Math.sin(12.9898 * i + 0.5 * Math.sin(i));
}
