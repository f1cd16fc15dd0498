/**
 * Power of a one-sided test at 0.05 of the ratio of two variances, were the direction known: the logarithm of
 * the ratio is about normal with variance `4 / (n - 1)`.
 * @param rows n, of each condition
 */
export function powerOfKnownDirection(ratio: number, rows: number): number {
  return normalDistribution(Math.log(ratio) / Math.sqrt(4 / (rows - 1)) - 1.6448536);
}

/** Abramowitz and Stegun 26.2.17, to 1e-7. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
