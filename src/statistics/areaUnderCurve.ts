/** How often rows of one set exceed rows of another. */
export interface Wins {
  /** Pairs (target, reference) in which the target is higher; a tie counts half. */
  readonly total: number;
  /** [nA], of each target row against all reference rows. */
  readonly target: Float64Array;
  /** [nB], of all target rows against each reference row. */
  readonly reference: Float64Array;
}

/**
 * Counts in how many pairs the target is higher; over the number of pairs this is the area under the ROC
 * curve (the Mann-Whitney statistic; per row, the placements of DeLong et al. 1988). O(n log n).
 * @param target [nA]
 * @param reference [nB]
 */
export function countWins(target: Float64Array, reference: Float64Array): Wins {
  const higher = placements(target, reference);
  const lower = placements(reference, target);
  const wins = lower.map((value) => target.length - value);
  let total = 0;
  for (const value of higher) total += value;
  return { total, target: higher, reference: wins };
}

/** How many of `others` each value exceeds, ties half. */
function placements(values: Float64Array, others: Float64Array): Float64Array {
  const sorted = others.slice().sort();
  return values.map((value) => (countBelow(sorted, value) + countUpTo(sorted, value)) / 2);
}

/** Entries below `value` in an ascending array. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entries up to and including `value`. */
function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
