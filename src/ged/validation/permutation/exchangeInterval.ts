import type { Interval } from "../report.ts";

/** Fewer permutations than this say too little about a spread. */
export const leastForInterval = 40;

/**
 * 95 % interval of a cross-validated variance ratio, from how much label exchange makes the same statistic
 * vary: `log ratio +- 1.96 s`. The spread of a logarithm of a variance ratio does not depend on the ratio, so
 * that under exchange stands for that of new data; refitting with every labelling, it holds what the
 * dependence between folds adds (there is no unbiased estimate of it from the folds alone, Bengio and
 * Grandvalet 2004).
 *
 * Permutations are scored on one repeat. The mean of R repeats varies less,
 * `s^2 (c + (1-c)/R)`, where c is the correlation between the same permutation's ratios on two repeats.
 * @param ratio the pooled ratio of all repeats
 * @param first [m] ratios of permutations on the first repeat
 * @param second ratios of the first permutations on the second repeat, at most m; empty for one repeat
 * @param repeats R
 */
export function exchangeInterval(
  ratio: number,
  first: readonly number[],
  second: readonly number[],
  repeats: number,
): Interval | undefined {
  const logarithms = first.map(Math.log).filter(Number.isFinite);
  if (logarithms.length < leastForInterval) return undefined;
  const variance = meanSquare(logarithms);
  let common = 1;
  if (repeats > 1) {
    const pairs = second
      .map((value, i) => [Math.log(first[i]), Math.log(value)] as const)
      .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
    if (pairs.length < leastForInterval) return undefined;
    let product = 0;
    let square = 0;
    for (const [a, b] of pairs) {
      product += a * b;
      square += (a * a + b * b) / 2;
    }
    const correlation = Math.min(1, Math.max(0, product / square));
    common = correlation + (1 - correlation) / repeats;
  }
  const width = 1.959963984540054 * Math.sqrt(variance * common);
  return { low: ratio * Math.exp(-width), high: ratio * Math.exp(width) };
}

/** About zero, where the logarithm of a ratio lies on average when labels carry nothing. */
function meanSquare(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / values.length;
}
