import { countReaching, mostReaching } from "./nullDistribution.ts";
import { restRatioAt } from "./statistics.ts";

/** Permutations between two looks at whether all is decided. */
export const permutationsBetweenLooks = 100;

/**
 * Whether every p of a report is decided: each of its observed statistics has been reached by {@link mostReaching}
 * permutations, so that more of them would change no p (Besag and Clifford 1991). Looks are at fixed numbers of
 * permutations, so that the same seed stops at the same one on any number of threads.
 * @param observed as `permutationStatistics` writes them
 * @param permuted the same of each permutation
 * @param m components of each direction
 * @param holdsOut whether there are held-out statistics
 */
export function isDecided(
  observed: Float64Array,
  permuted: readonly Float64Array[],
  m: number,
  holdsOut: boolean,
): boolean {
  const isReached = (value: number, statistic: (values: Float64Array) => number): boolean =>
    countReaching(value, permuted.map(statistic)) >= mostReaching;
  const parts = holdsOut ? [0, m, 2 * m, 3 * m] : [0, m];
  for (const start of parts) {
    if (!isReached(observed[start], (values) => values[start])) return false;
    for (let c = start; c < start + m; c += 1) {
      if (!isReached(observed[c], (values) => largest(values, start, start + m))) return false;
    }
  }
  const [first, end] = [2 * m, 4 * m];
  if (
    holdsOut &&
    !isReached(largest(observed, first, end), (values) => largest(values, first, end))
  ) {
    return false;
  }
  return [0, 1].every((direction) => {
    const at = restRatioAt(m) + direction;
    return isReached(observed[at], (values) => values[at]);
  });
}

/** The largest of some statistics that exist. */
export function largest(values: Float64Array, start: number, end: number): number {
  return values
    .subarray(start, end)
    .reduce((most, value) => (value > most ? value : most), -Infinity);
}
