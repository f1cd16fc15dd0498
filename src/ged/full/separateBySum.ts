import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import { shrunkVariance, type Shrinking } from "../method/shrinkage/shrink.ts";
import { symmetricEigen } from "../../linalg/symmetricEigen.ts";
import { unitQuadraticForms, type Separation } from "./separate.ts";

/** The most that rounding may have left of `S + R` off the diagonal, relative to its largest entry. */
const negligible = 1e-12;
/** What of `1 - (1-g) v` must be left: below, eigenvalues would lose more than four digits. */
const leastRemainder = 1e-4;
/** Variances that come out of a subtraction with less left than this are computed directly. */
const leastDifference = 1e-6;

/**
 * The diagonal of `S + R = 2 L` in the components of the average covariance, where it is diagonal.
 * @param target S [k, k]
 * @param reference R [k, k]
 * @returns `2 L` [k], or undefined if the two are not in such components
 */
export function diagonalOfSum(target: Matrix, reference: Matrix): Float64Array | undefined {
  const k = target.rows;
  const diagonal = new Float64Array(k);
  let largest = 0;
  for (let i = 0; i < k; i += 1) {
    diagonal[i] = target.values[i * k + i] + reference.values[i * k + i];
    largest = Math.max(largest, diagonal[i]);
  }
  const tolerance = negligible * largest;
  for (let i = 0; i < k; i += 1) {
    if (!(diagonal[i] > 0)) return undefined;
    for (let at = i * k; at < i * k + i; at += 1) {
      if (Math.abs(target.values[at] + reference.values[at]) > tolerance) return undefined;
    }
  }
  return diagonal;
}

/**
 * Separates as {@link separate} does, at half the price, where `S + R = 2 L` is diagonal: then
 * `R~ = P - (1-g) S` with the diagonal `P = 2 (1-g) L + g a I`, so `S w = l R~ w` is the ordinary
 * symmetric problem `P^-1/2 S P^-1/2 y = v y` with `l = v / (1 - (1-g) v)` and `w = P^-1/2 y`. Variances
 * follow from `w'Sw = l` and `w'R~w = 1`.
 * @param carried S [k, k]
 * @param silenced R [k, k], before shrinkage
 * @param sum `2 L` [k]
 * @param by of R, with g below 1
 * @returns undefined if the largest eigenvalues would lose digits
 */
export function separateBySum(
  carried: Matrix,
  silenced: Matrix,
  sum: Float64Array,
  by: Shrinking,
  options: { readonly products: Products; readonly checkpoint: () => void },
): Separation | undefined {
  const k = carried.rows;
  const { keep, floor } = by;
  /** P^-1/2 */
  const scale = sum.map((value) => 1 / Math.sqrt(shrunkVariance(by, value)));
  const scaled = matrix(k, k);
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      scaled.values[i * k + j] = scale[i] * scale[j] * carried.values[i * k + j];
    }
  }
  const { values, vectors } = symmetricEigen(scaled, options);
  if (!(1 - keep * values[0] > leastRemainder)) return undefined;
  const eigenvalues = new Float64Array(k);
  const carriedVariance = new Float64Array(k);
  const silencedVariance = new Float64Array(k);
  const unsure: number[] = [];
  for (let c = 0; c < k; c += 1) {
    const remainder = 1 - keep * values[c];
    eigenvalues[c] = values[c] / remainder;
    const normalise = 1 / Math.sqrt(remainder);
    let square = 0;
    for (let j = 0; j < k; j += 1) {
      const entry = vectors.values[c * k + j] * scale[j] * normalise;
      vectors.values[c * k + j] = entry;
      square += entry * entry;
    }
    carriedVariance[c] = Math.max(0, eigenvalues[c] / square);
    const difference = 1 - floor * square;
    silencedVariance[c] = Math.max(0, difference / keep / square);
    if (difference < leastDifference) unsure.push(c);
  }
  computeForms(silenced, vectors, unsure, options.products, silencedVariance);
  return { eigenvalues, vectors, carriedVariance, silencedVariance };
}

/** `w'Rw / w'w` of the chosen rows, into `forms`. */
function computeForms(
  a: Matrix,
  vectors: Matrix,
  chosen: readonly number[],
  products: Products,
  forms: Float64Array,
): void {
  if (chosen.length === 0) return;
  const k = a.rows;
  const some = matrix(chosen.length, k);
  chosen.forEach((c, i) => {
    some.values.set(vectors.values.subarray(c * k, (c + 1) * k), i * k);
  });
  const found = unitQuadraticForms(a, some, products);
  chosen.forEach((c, i) => {
    forms[c] = found[i];
  });
}
