import { inner } from "../../../linalg/small/tiles.ts";

/**
 * Copies of the first `count` rows at unit length.
 * @param values [count, r], at least
 */
export function unitRows(values: Float64Array, count: number, r: number): Float64Array {
  const units = new Float64Array(count * r);
  for (let start = 0; start < count * r; start += r) {
    const scale = 1 / Math.sqrt(inner(values, start, values, start, r));
    for (let j = start; j < start + r; j += 1) units[j] = scale * values[j];
  }
  return units;
}
