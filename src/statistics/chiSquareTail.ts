/** Terms after which series and continued fraction have long converged for any number of degrees that occurs. */
const mostTerms = 100_000;

/**
 * The probability that a chi-square variable is at least `x`: the regularised upper incomplete gamma function
 * `Q(freedom / 2, x / 2)`, by its series below `freedom / 2 + 1` and by its continued fraction above (Abramowitz and
 * Stegun 6.5.29, 6.5.31, 26.4.19; the fraction by Lentz's method; scipy.stats.chi2.sf).
 * @param x zero or more
 * @param freedom degrees of freedom, a whole number from 1
 */
export function chiSquareTail(x: number, freedom: number): number {
  if (!(x > 0)) return 1;
  if (x === Infinity) return 0;
  const [a, z] = [freedom / 2, x / 2];
  const front = Math.exp(a * Math.log(z) - z - logGammaOfHalf(freedom));
  return z < a + 1 ? 1 - front * lowerSeries(a, z) : front * upperFraction(a, z);
}

/** `sum_n z^n / (a (a + 1) ... (a + n))` */
function lowerSeries(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < mostTerms && term > sum * 1e-17; n += 1) {
    term *= z / (a + n);
    sum += term;
  }
  return sum;
}

/** `1 / (z + 1 - a - 1 (1 - a) / (z + 3 - a - 2 (2 - a) / (z + 5 - a - ...)))` */
function upperFraction(a: number, z: number): number {
  let b = z + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < mostTerms; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** `log Gamma(n / 2)`, from `Gamma(1) = 1` and `Gamma(1 / 2) = sqrt(pi)` upwards. */
function logGammaOfHalf(n: number): number {
  let a = n % 2 === 0 ? 1 : 0.5;
  let sum = n % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (; a < n / 2; a += 1) sum += Math.log(a);
  return sum;
}
