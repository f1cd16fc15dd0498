import { innerProduct } from "../innerProduct.ts";

/** Sweeps after which columns of float64 are orthogonal; convergence is quadratic, so that ten or so are needed. */
const mostSweeps = 60;

/**
 * The singular values of a matrix of a few columns, in descending order: one-sided Jacobi (Hestenes 1958), which turns
 * pairs of columns until all are orthogonal, and has small values as exactly as large ones (Demmel and Veselic 1992).
 * @param columns m columns of n numbers each; they stay as they are
 * @returns [m]
 */
export function singularValues(columns: readonly Float64Array[]): number[] {
  const turned = columns.map((column) => Float64Array.from(column));
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let isOrthogonal = true;
    for (let i = 0; i < turned.length; i += 1) {
      for (let j = i + 1; j < turned.length; j += 1) {
        if (turnPair(turned[i], turned[j])) isOrthogonal = false;
      }
    }
    if (isOrthogonal) break;
  }
  return turned.map((column) => Math.sqrt(innerProduct(column, column))).sort((a, b) => b - a);
}

/** Makes two columns orthogonal. @returns false if they are already */
function turnPair(a: Float64Array, b: Float64Array): boolean {
  const [alpha, beta, gamma] = [innerProduct(a, a), innerProduct(b, b), innerProduct(a, b)];
  if (Math.abs(gamma) <= Number.EPSILON * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let k = 0; k < a.length; k += 1) {
    const value = a[k];
    a[k] = cosine * value - sine * b[k];
    b[k] = sine * value + cosine * b[k];
  }
  return true;
}
