import { innerProduct } from "../innerProduct.ts";

/** A vector whose part beyond those before it is smaller than this share of its length adds nothing to their span. */
const negligible = 1e-12;

/**
 * An orthonormal basis of the span of m vectors [n]: modified Gram-Schmidt, each vector freed of the others twice, which
 * makes the basis orthogonal to working precision (Giraud, Langou and Rozloznik 2005).
 * @param vectors m of them, each of n numbers; they stay as they are
 * @returns at most m vectors [n]: one that depends on those before it, or is zero, adds none
 */
export function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const length = norm(vector);
    if (!(length > 0)) continue;
    const rest = vector.map((value) => value / length);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const member of basis) subtract(rest, member, innerProduct(rest, member));
    }
    const left = norm(rest);
    if (left > negligible) basis.push(rest.map((value) => value / left));
  }
  return basis;
}

/** Takes `factor` times `b` away from `a`, both [n]. */
export function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i += 1) a[i] -= factor * b[i];
}

/** The Euclidean length of a vector [n], scaled so that no square over- or underflows. */
function norm(vector: Float64Array): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let squares = 0;
  for (const value of vector) squares += (value / largest) ** 2;
  return largest * Math.sqrt(squares);
}
