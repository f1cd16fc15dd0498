/**
 * p of the one-sample Kolmogorov-Smirnov test against the uniform distribution on [0, 1], by the asymptotic
 * distribution with Stephens' correction for small samples (1970). For p values in steps of 1/(m+1) it is a
 * little conservative.
 */
export function uniformityP(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, i) => {
    distance = Math.max(distance, (i + 1) / n - value, value - i / n);
  });
  const root = Math.sqrt(n);
  const x = (root + 0.12 + 0.11 / root) * distance;
  let p = 0;
  for (let j = 1; j <= 100; j += 1) p += 2 * (j % 2 === 1 ? 1 : -1) * Math.exp(-2 * j * j * x * x);
  return Math.min(1, Math.max(0, p));
}
