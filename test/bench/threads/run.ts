// How long the engine's large tasks take on 1, 2, 4 and 8 threads, in turns: prints one JSON object of medians.
import { createCrossProductAccumulator } from "../../../src/linalg/crossProductAccumulator.ts";
import { createWasmProducts } from "../../../src/linalg/engines/wasmProducts.ts";
import { matrix, mirrorLowerTriangle } from "../../../src/linalg/matrix.ts";
import type { Products } from "../../../src/linalg/products.ts";
import { symmetricEigen } from "../../../src/linalg/symmetricEigen.ts";

const counts = [1, 2, 4, 8];
const turns = 5;
const columns = 1536;
const rows = 4096;
const order = 1024;

async function main(): Promise<void> {
  const engines = await Promise.all(counts.map((threads) => createWasmProducts({ threads })));
  const seconds = counts.map(() => ({ products: [] as number[], eigen: [] as number[] }));
  for (let turn = 0; turn < turns; turn += 1) {
    engines.forEach((engine, i) => {
      seconds[i]?.products.push(timed(() => sumProducts(engine)));
      seconds[i]?.eigen.push(timed(() => decompose(engine)));
    });
  }
  const result = counts.map((threads, i) => ({
    threads,
    productsSeconds: median(seconds[i]?.products ?? []),
    eigenSeconds: median(seconds[i]?.eigen ?? []),
  }));
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
  await Promise.all(engines.map((engine) => engine.dispose()));
}

/** A covariance of 4,096 rows and 1,536 neurons in double precision. */
function sumProducts(engine: Products): void {
  const accumulator = createCrossProductAccumulator(engine, columns);
  for (let done = 0; done < rows; done += accumulator.blockRows) {
    fill(accumulator.block);
    accumulator.add(accumulator.blockRows);
  }
  accumulator.finish();
}

/** All eigenpairs of a matrix of order 1,024. */
function decompose(engine: Products): void {
  const a = matrix(order, order);
  fill(a.values);
  mirrorLowerTriangle(a);
  symmetricEigen(a, { products: engine });
}

/** Numbers in [-1, 1) of no pattern (a linear congruential generator). */
function fill(values: Float32Array | Float64Array): void {
  let state = 1;
  for (let i = 0; i < values.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state / 2 ** 31 - 1;
  }
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

void main();
