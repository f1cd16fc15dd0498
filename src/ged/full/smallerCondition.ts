import { matrix, type Matrix } from "../../linalg/matrix.ts";

/** Of `S + R = 2 L` in one component: what a subtraction leaves of less has lost digits that can be had. */
const leastShare = 1e-3;
/** Of the largest eigenvalue, which is what rounding is relative to. */
const leastOfLargest = 1e-6;

/** Smaller entries of eigenvectors have lost digits to rounding of the others. */
const leastEntry = 1e-3;
/** Relative, of such entries. */
const acceptableError = 1e-9;

/**
 * Whether `2 L - A` would lose digits in some component, since A is nearly all of it.
 * @param own A in the components, [k, k]
 * @param eigenvalues L, at least k, descending
 */
export function subtractionCancels(own: Matrix, eigenvalues: ArrayLike<number>): boolean {
  return diagonal(own).some((value, j) => {
    const sum = 2 * eigenvalues[j];
    return sum - value < Math.max(leastShare * sum, leastOfLargest * 2 * eigenvalues[0]);
  });
}

/**
 * Whether the smaller condition is too small in some component to be had from eigenvectors of both together: their
 * entries are known to `eps l_1 / l_j`, and those of the smaller condition are as small as the root of its share.
 * @param target S in the components, at least [k, k]
 * @param reference R, likewise
 * @param eigenvalues L, at least k, descending
 */
export function oneIsMuchSmaller(
  target: Matrix,
  reference: Matrix,
  eigenvalues: ArrayLike<number>,
  k: number,
): boolean {
  const other = diagonal(reference);
  return diagonal(target)
    .slice(0, k)
    .some((value, j) => {
      const known = (Number.EPSILON * eigenvalues[0]) / eigenvalues[j];
      const least = Math.max(leastEntry, known / acceptableError) ** 2;
      return Math.min(value, other[j]) < least * (value + other[j]);
    });
}

/**
 * `R = 2 L - S` in the components: `V'CV = L` saves the second projection.
 * @param target S, [k, k]
 * @param eigenvalues of C, at least k
 */
export function referenceFromTarget(target: Matrix, eigenvalues: Float64Array): Matrix {
  const k = target.rows;
  const reference = matrix(k, k);
  for (let i = 0; i < k * k; i += 1) reference.values[i] = -target.values[i];
  for (let i = 0; i < k; i += 1) reference.values[i * k + i] += 2 * eigenvalues[i];
  return reference;
}

function diagonal({ rows, values }: Matrix): number[] {
  return Array.from({ length: rows }, (_, i) => values[i * rows + i]);
}
