/** How often rows of one set exceed rows of another. */
export interface Wins {
  /** Pairs (target, reference) in which the target is higher; a tie counts half. */
  readonly total: number;
  /** [nA], of each target row against all reference rows. */
  readonly target: Float64Array;
  /** [nB], of all target rows against each reference row. */
  readonly reference: Float64Array;
}

/** What rounding may make of two equal values, relative to the range of all. */
const rounding = 1e-10;

/**
 * Values no further apart than this are one. A row that stands in both conditions has one projection, but
 * products and eigenvectors round it differently from place to place, and the tie would fall to either side.
 * @returns in the values' unit
 */
export function tieWidth(target: Float64Array, reference: Float64Array): number {
  let least = Infinity;
  let largest = -Infinity;
  for (const values of [target, reference]) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
  }
  // Apart, so that no range overflows.
  return rounding * largest - rounding * least;
}

/** 1 if a value is higher than another, 0 if lower, a half if they tie. @param width {@link tieWidth} of all values */
export function winOf(value: number, other: number, width: number): number {
  if (value - other > width) return 1;
  return value - other < -width ? 0 : 0.5;
}

/**
 * Counts in how many pairs the target is higher; over the number of pairs this is the area under the ROC
 * curve (the Mann-Whitney statistic; per row, the placements of DeLong et al. 1988). Values that are equal but for
 * rounding tie ({@link tieWidth}). O(n log n).
 * @param target [nA]
 * @param reference [nB]
 */
export function countWins(target: Float64Array, reference: Float64Array): Wins {
  const width = tieWidth(target, reference);
  const higher = placements(target, reference, width);
  const lower = placements(reference, target, width);
  const wins = lower.map((value) => target.length - value);
  let total = 0;
  for (const value of higher) total += value;
  return { total, target: higher, reference: wins };
}

/** How many of `others` each value exceeds, ties half. */
function placements(values: Float64Array, others: Float64Array, width: number): Float64Array {
  const sorted = others.slice().sort();
  return values.map(
    (value) => (countBelow(sorted, value - width) + countUpTo(sorted, value + width)) / 2,
  );
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
