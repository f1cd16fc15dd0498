import { normalQuantile as z } from "./quantile.ts";

/** Above so many degrees of freedom the expansion about the normal quantile is exact to the last digits. */
const manyDegrees = 1000;

/**
 * The 97.5 % quantile of Student's t: by bisection of its distribution function, which is a finite sum for whole
 * degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4); for many, by the expansion about the normal
 * quantile (26.7.5).
 * @param freedom degrees of freedom, a whole number; below 1 there is no such quantile: Infinity
 */
export function studentQuantile(freedom: number): number {
  if (!(freedom >= 1)) return Infinity;
  if (freedom > manyDegrees) return expansion(freedom);
  let low = 0;
  let high = Math.PI / 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.sqrt(freedom) * Math.tan(middle);
    if (within(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
}

/** The probability of `|t| <= sqrt(freedom) tan(angle)`. */
function within(angle: number, freedom: number): number {
  const cosine = Math.cos(angle);
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let j = isOdd ? 3 : 2; j <= freedom; j += 2) {
    sum += term;
    term *= ((j - 1) / j) * cosine * cosine;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

function expansion(freedom: number): number {
  const z2 = z * z;
  const first = (z * (z2 + 1)) / 4;
  const second = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const third = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  return z + (first + (second + third / freedom) / freedom) / freedom;
}
