import { entryAt } from "../../src/lookup.ts";

/** The indices of the `count` largest magnitudes, largest first; ties in index order. O(D count). */
export function largestByMagnitude(values: Float64Array, count: number): number[] {
  const best: { readonly index: number; readonly magnitude: number }[] = [];
  for (const [index, value] of values.entries()) {
    const magnitude = Math.abs(value);
    const smaller = best.findIndex((own) => own.magnitude < magnitude);
    const place = smaller < 0 ? best.length : smaller;
    if (place < count) {
      best.splice(place, 0, { index, magnitude });
      if (best.length > count) best.pop();
    }
  }
  return best.map(({ index }) => index);
}

/** From 1: how many values have a larger magnitude than the one at `index`, plus one. */
export function rankByMagnitude(values: Float64Array, index: number): number {
  const magnitude = Math.abs(entryAt(values, index));
  let rank = 1;
  for (const value of values) if (Math.abs(value) > magnitude) rank++;
  return rank;
}

/** From 1: how many values are larger than the one at `index`, plus one. */
export function rankDescending(values: Float64Array, index: number): number {
  const own = entryAt(values, index);
  let rank = 1;
  for (const value of values) if (value > own) rank++;
  return rank;
}

/** Standard deviation with ddof = 1; 0 for fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  if (values.length < 2) return 0;
  let mean = 0;
  for (const value of values) mean += value;
  mean /= values.length;
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}
