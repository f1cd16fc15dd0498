import { normalQuantile } from "../../../statistics/quantile.ts";
import type { Interval } from "../report.ts";

/** Fewer permutations than this say too little about a spread. */
export const leastForInterval = 40;

/**
 * 95 % interval of a cross-validated variance ratio, from how much permuting labels makes the same statistic
 * vary: `log ratio +- 1.96 s`. The spread of a logarithm of a variance ratio does not depend on the ratio, so
 * that under permutation stands for that of new data; refitting with every labelling, it holds what the
 * dependence between folds adds (there is no unbiased estimate of it from the folds alone, Bengio and
 * Grandvalet 2004). It is an interval of the mean of the folds' fits, not of the direction that all rows give.
 * @param ratio over all repeats
 * @param permuted the same statistic of each permutation, over the same repeats
 * @returns undefined with too few permutations
 */
export function permutationInterval(
  ratio: number,
  permuted: readonly number[],
): Interval | undefined {
  const logarithms = permuted.map(Math.log).filter(Number.isFinite);
  if (logarithms.length < leastForInterval) return undefined;
  const width = normalQuantile * Math.sqrt(meanSquare(logarithms));
  return { low: ratio * Math.exp(-width), high: ratio * Math.exp(width) };
}

/** About zero, where the logarithm of a ratio lies on average when labels carry nothing. */
function meanSquare(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / values.length;
}
