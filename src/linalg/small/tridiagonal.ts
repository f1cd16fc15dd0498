/**
 * The largest row sum of a symmetric tridiagonal matrix: no eigenvalue is larger. NaN if an entry is none.
 * @param diagonal [n]
 * @param offDiagonal [n], entry i is `T[i, i-1]`, entry 0 is zero
 */
export function largestRowSum(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
): number {
  let norm = 0;
  for (let i = 0; i < n; i += 1) {
    const next = i + 1 < n ? Math.abs(offDiagonal[i + 1]) : 0;
    norm = Math.max(norm, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]) + next);
  }
  return norm;
}

/**
 * The `count` largest eigenvalues of a symmetric tridiagonal matrix, by bisection on Sturm sequences to
 * the last bit (Barth, Martin and Wilkinson 1967; LAPACK dstebz).
 * @param diagonal [n]
 * @param offDiagonal [n], entry i is `T[i, i-1]`, entry 0 unused
 * @param norm a bound of the eigenvalues' magnitude (the largest row sum)
 * @param values receives [count], descending
 */
export function largestEigenvalues(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
  count: number,
  norm: number,
  values: Float64Array,
): void {
  const bound = norm * (1 + 4 * n * Number.EPSILON) + Number.MIN_VALUE;
  const resolution = 2 * Number.EPSILON * norm;
  let ceiling = bound;
  for (let c = 0; c < count; c += 1) {
    let low = -bound;
    let high = ceiling;
    while (high - low > resolution) {
      const middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) break;
      if (countAbove(diagonal, offDiagonal, n, middle, norm) > c) low = middle;
      else high = middle;
    }
    values[c] = low + (high - low) / 2;
    ceiling = high;
  }
}

/** How many eigenvalues are above `x`: the positive pivots of `T - x I` (Sylvester's law of inertia). */
function countAbove(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
  x: number,
  norm: number,
): number {
  const tiny = Number.EPSILON * Number.EPSILON * norm + Number.MIN_VALUE;
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < n; i += 1) {
    const off = i === 0 ? 0 : offDiagonal[i];
    pivot = diagonal[i] - x - (off * off) / pivot;
    if (pivot > 0) count += 1;
    if (Math.abs(pivot) < tiny) pivot = -tiny;
  }
  return count;
}

/**
 * One step of inverse iteration, `(T - x I) y = v`, by elimination with row exchanges (LAPACK dgttrf).
 * @param vectors v at `start`, [n]; overwritten by y over its length
 * @param work [5 n]
 * @returns the length of y over that of v: large where x is an eigenvalue
 */
export function solveShifted(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
  x: number,
  norm: number,
  vectors: Float64Array,
  start: number,
  work: Float64Array,
): number {
  const tiny = Number.EPSILON * norm + Number.MIN_VALUE;
  // Row i of the eliminated matrix: main[i], upper[i], second[i] at columns i, i+1, i+2.
  const main = 0;
  const upper = n;
  const second = 2 * n;
  let before = 0;
  for (let i = 0; i < n; i += 1) before += vectors[start + i] * vectors[start + i];
  let current = diagonal[0] - x;
  let next = n > 1 ? offDiagonal[1] : 0;
  for (let i = 0; i < n - 1; i += 1) {
    const below = offDiagonal[i + 1];
    const belowMain = diagonal[i + 1] - x;
    const belowNext = i + 2 < n ? offDiagonal[i + 2] : 0;
    if (Math.abs(below) > Math.abs(current)) {
      const factor = current / below;
      work[main + i] = below;
      work[upper + i] = belowMain;
      work[second + i] = belowNext;
      current = next - factor * belowMain;
      next = -factor * belowNext;
      const value = vectors[start + i];
      vectors[start + i] = vectors[start + i + 1];
      vectors[start + i + 1] = value - factor * vectors[start + i];
    } else {
      if (Math.abs(current) < tiny) current = current < 0 ? -tiny : tiny;
      const factor = below / current;
      work[main + i] = current;
      work[upper + i] = next;
      work[second + i] = 0;
      current = belowMain - factor * next;
      next = belowNext;
      vectors[start + i + 1] -= factor * vectors[start + i];
    }
  }
  work[main + n - 1] = Math.abs(current) < tiny ? (current < 0 ? -tiny : tiny) : current;
  let after = 0;
  for (let i = n - 1; i >= 0; i -= 1) {
    let value = vectors[start + i];
    if (i + 1 < n) value -= work[upper + i] * vectors[start + i + 1];
    if (i + 2 < n) value -= work[second + i] * vectors[start + i + 2];
    value /= work[main + i];
    vectors[start + i] = value;
    after += value * value;
  }
  const scale = 1 / Math.sqrt(after);
  for (let i = start; i < start + n; i += 1) vectors[i] *= scale;
  return Math.sqrt(after / before);
}
