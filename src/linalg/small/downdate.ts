import type { Workspace } from "./workspace.ts";
import { SecularEquation } from "./secularEquation.ts";

/** Eigenvalues of `diag(d) - b b'`, and the means to form its eigenvectors. */
export interface DowndatedSpectrum {
  /** [r] descending. */
  readonly values: Float64Array;
  /** Writes the eigenvectors of the `count` largest eigenvalues, one per row, into `vectors` [count, r]. */
  vectors(count: number, vectors: Float64Array): void;
}

/**
 * Eigendecomposition of a diagonal matrix less a rank-one matrix, `diag(d) - b b'`, in O(r^2) instead of
 * O(r^3): the values are the roots of the secular equation (Golub 1973), the vectors those of a nearby
 * vector b that the computed values belong to exactly, so that they are orthogonal to working precision
 * (Gu and Eisenstat 1994; LAPACK dlaed3 and dlaed4).
 * @param d [r] descending
 * @param b [r], with `b'b` at most about the trace
 */
export function downdate(
  d: Float64Array,
  b: Float64Array,
  workspace: Workspace,
): DowndatedSpectrum {
  const r = d.length;
  const poles = workspace.buffer("downdate.poles", r);
  const steps = workspace.buffer("downdate.steps", r);
  separatePoles(d, b, r, poles, steps);
  // Row j: distances of every pole from root j.
  const distances = workspace.buffer("downdate.distances", r * r);
  const values = workspace.buffer("downdate.values", r);
  const equation = new SecularEquation(poles, steps, r);
  for (let j = 0; j < r; j += 1) values[j] = -equation.solve(j, distances);
  return {
    values: values.subarray(0, r),
    vectors: (count, vectors) => {
      const nearby = workspace.buffer("downdate.nearby", r);
      recoverUpdate(poles, steps, distances, r, nearby);
      for (let j = 0; j < count; j += 1) {
        const row = j * r;
        let square = 0;
        for (let i = 0; i < r; i += 1) {
          const entry = nearby[i] / distances[row + i];
          vectors[row + i] = entry;
          square += entry * entry;
        }
        const scale = 1 / Math.sqrt(square);
        for (let i = 0; i < r; i += 1) vectors[row + i] *= scale;
      }
    },
  };
}

/**
 * The problem as `diag(-d) + b b'` with ascending poles. Poles that are equal, and entries of b that
 * vanish, are moved by a few units of rounding of the largest: a change no larger than that of storing the
 * matrix, in place of LAPACK's deflation.
 */
export function separatePoles(
  d: Float64Array,
  b: Float64Array,
  r: number,
  poles: Float64Array,
  steps: Float64Array,
): void {
  let square = 0;
  for (let i = 0; i < r; i += 1) square += b[i] * b[i];
  const size = Math.max(Math.abs(d[0]), Math.abs(d[r - 1]), square);
  const gap = 8 * Number.EPSILON * size;
  const least = Number.EPSILON * Math.sqrt(size);
  for (let i = 0; i < r; i += 1) {
    poles[i] = i === 0 ? -d[0] : Math.max(-d[i], poles[i - 1] + gap);
    steps[i] = Math.abs(b[i]) >= least ? b[i] : b[i] < 0 ? -least : least;
  }
}

/** Loewner's formula: the b whose secular equation has exactly the computed roots (LAPACK dlaed3). */
function recoverUpdate(
  poles: Float64Array,
  steps: Float64Array,
  distances: Float64Array,
  r: number,
  nearby: Float64Array,
): void {
  for (let i = 0; i < r; i += 1) nearby[i] = -distances[i * r + i];
  for (let j = 0; j < r; j += 1) {
    const row = j * r;
    const pole = poles[j];
    for (let i = 0; i < j; i += 1) nearby[i] *= distances[row + i] / (poles[i] - pole);
    for (let i = j + 1; i < r; i += 1) nearby[i] *= distances[row + i] / (poles[i] - pole);
  }
  for (let i = 0; i < r; i += 1) {
    const size = Math.sqrt(Math.abs(nearby[i]));
    nearby[i] = steps[i] < 0 ? -size : size;
  }
}
