import { EigenlensError } from "../../errors.ts";
import { inner } from "./tiles.ts";
import { solveShifted } from "./tridiagonal.ts";

/** Largest acceptable `|T x - l x|`, relative to the norm of T; rounding stays a thousand times below. */
const residualLimit = 1e-11;
const maximumIterations = 8;

/**
 * Eigenvectors of a symmetric tridiagonal matrix to known eigenvalues, by inverse iteration kept orthogonal (EISPACK
 * `tinvit`).
 * @param diagonal [n]
 * @param offDiagonal [n], entry i is `T[i, i-1]`, entry 0 unused
 * @param norm a bound of the eigenvalues' magnitude; of a matrix of zeros, 0, any vectors will do
 * @param values [count]
 * @param vectors receives [count, n], unit vectors, one per row
 * @param work [5 n]
 * @throws EigenlensError "numerics" if a vector is not found
 */
export function iterateInversely(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
  norm: number,
  values: Float64Array,
  vectors: Float64Array,
  count: number,
  work: Float64Array,
): void {
  if (norm === 0) {
    vectors.fill(0, 0, count * n);
    for (let c = 0; c < count; c += 1) vectors[c * n + c] = 1;
    return;
  }
  for (let c = 0; c < count; c += 1) {
    startVector(vectors, c * n, n);
    for (let iteration = 0; ; iteration += 1) {
      const growth = solveShifted(diagonal, offDiagonal, n, values[c], norm, vectors, c * n, work);
      orthogonalise(vectors, c, n);
      // A solution that grew by 1 / residual is an eigenvector to that residual; one more step polishes it.
      if (iteration >= 1 && growth * residualLimit * norm >= 1) break;
      if (iteration === maximumIterations) {
        throw new EigenlensError(
          "numerics",
          `Eigenvector ${c + 1} of a ${n} x ${n} matrix of the validation was not found by inverse iteration.`,
        );
      }
    }
  }
}

/** Entries between 0.5 and 1.5 without a pattern, so that no eigenvector is orthogonal to them by symmetry. */
export function startVector(vectors: Float64Array, start: number, n: number): void {
  let state = 12345;
  for (let i = start; i < start + n; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    vectors[i] = 0.5 + state / 2 ** 32;
  }
}

/** Of the square of a length: if less is left, what was taken off has to be taken off again. */
const leastLeft = 0.5;

/** Twice is enough, and once if little was taken off a unit vector (Kahan and Parlett); then unit length. */
function orthogonalise(vectors: Float64Array, c: number, n: number): void {
  const own = c * n;
  let square = 0;
  for (let pass = 0; pass < 2 && square < leastLeft; pass += 1) {
    for (let other = 0; other < own; other += n) {
      const overlap = inner(vectors, own, vectors, other, n);
      for (let i = 0; i < n; i += 1) vectors[own + i] -= overlap * vectors[other + i];
    }
    square = inner(vectors, own, vectors, own, n);
  }
  const scale = 1 / Math.sqrt(square);
  for (let i = own; i < own + n; i += 1) vectors[i] *= scale;
}
