import { matrix, type Matrix } from "../../../src/linalg/matrix.ts";

/** A seeded stream of numbers in [0, 1) (mulberry32), so that a failure can be repeated. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `[rows, columns]` of numbers uniform in [-1, 1). */
export function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = createRandom(seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => 2 * random() - 1),
  );
}

/** A symmetric matrix with exactly these eigenvalues up to rounding: reflections of a diagonal matrix. */
export function symmetricWithSpectrum(spectrum: ArrayLike<number>, seed: number): Matrix {
  const n = spectrum.length;
  const a = matrix(n, n);
  for (let i = 0; i < n; i++) a.values[i * n + i] = spectrum[i];
  for (let reflection = 0; reflection < 3; reflection++) {
    reflect(a, randomMatrix(1, n, seed + reflection).values);
  }
  return a;
}

/** `A := H A H`, `H = I - 2 v v' / v'v`, kept exactly symmetric. */
function reflect(a: Matrix, v: Float64Array): void {
  const n = a.rows;
  let square = 0;
  for (let i = 0; i < n; i++) square += v[i] * v[i];
  const scale = 2 / square;
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) w[i] += scale * a.values[i * n + j] * v[j];
  }
  let inner = 0;
  for (let i = 0; i < n; i++) inner += w[i] * v[i];
  for (let i = 0; i < n; i++) w[i] -= 0.5 * scale * inner * v[i];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = a.values[i * n + j] - v[i] * w[j] - w[i] * v[j];
      a.values[i * n + j] = entry;
      a.values[j * n + i] = entry;
    }
  }
}
