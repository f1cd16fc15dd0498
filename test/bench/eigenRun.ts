// Our symmetric eigensolvers, one measurement a call; prints one JSON object.
import { matrix, type Matrix } from "../../src/linalg/matrix.ts";
import { partialSymmetricEigen } from "../../src/linalg/partialEigen/partialSymmetricEigen.ts";
import { symmetricDefiniteEigen } from "../../src/linalg/symmetricDefiniteEigen.ts";
import { symmetricEigen } from "../../src/linalg/symmetricEigen.ts";
import { createWasmProducts } from "../../src/linalg/engines/wasmProducts.ts";
import { randomMatrix, symmetricWithSpectrum } from "../unit/linalg/random.ts";
import { lossOfOrthogonality, residual } from "../unit/linalg/identities.ts";

const [task = "full", orderText = "1024", repeatsText = "1"] = process.argv.slice(2);
const order = Number(orderText);
const repeats = Number(repeatsText);

async function main(): Promise<void> {
  const products = await createWasmProducts();
  const measured = measure();
  await products.dispose();
  process.stdout.write(`${JSON.stringify(measured)}\n`);

  function measure(): object {
    if (task === "full") {
      const a = randomSymmetric(order);
      const { seconds, result } = timed(() => symmetricEigen(a, { products }));
      const { values, vectors } = result;
      return { ...summary(seconds), ...errors(a, values, vectors) };
    }
    if (task === "partial") {
      const spectrum = Float64Array.from({ length: order }, (_, i) => Math.exp((-i * 59) / order));
      const a = symmetricWithSpectrum(spectrum, 5);
      const { seconds, result } = timed(() =>
        partialSymmetricEigen(a, { products, count: 300, tolerance: 1e-10 }),
      );
      if ("refused" in result) return { refused: result.refused };
      const { values, vectors, subspace } = result;
      return { ...summary(seconds), subspace, ...errors(a, values, vectors) };
    }
    const decaying = (i: number): number => (i % 3 === 0 ? 0 : 1 / (1 + i));
    const s = symmetricWithSpectrum(
      Float64Array.from({ length: order }, (_, i) => decaying(i)),
      1,
    );
    const r = symmetricWithSpectrum(
      Float64Array.from({ length: order }, (_, i) => 0.01 + decaying(i + 1)),
      2,
    );
    return summary(timed(() => symmetricDefiniteEigen(s, r, { products })).seconds);
  }

  function errors(a: Matrix, values: Float64Array, vectors: Matrix): object {
    return {
      residual: residual(a, values, vectors, products),
      orthogonality: lossOfOrthogonality(vectors, products),
    };
  }
}

function timed<T>(work: () => T): { seconds: number[]; result: T } {
  const seconds: number[] = [];
  for (;;) {
    const started = performance.now();
    const result = work();
    seconds.push((performance.now() - started) / 1000);
    if (seconds.length >= repeats) return { seconds, result };
  }
}

function summary(seconds: number[]): object {
  const sorted = [...seconds].sort((x, y) => x - y);
  const { user, system } = process.cpuUsage();
  return {
    compute: sorted[Math.floor(sorted.length / 2)],
    p95: sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))],
    first: seconds[0],
    cpu: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

function randomSymmetric(n: number): Matrix {
  const values = randomMatrix(n, n, n).values;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) values[j * n + i] = values[i * n + j];
  }
  return matrix(n, n, values);
}

void main();
