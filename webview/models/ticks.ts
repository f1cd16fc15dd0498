/**
 * Tick values of a logarithmic axis: powers of ten (thinned to at most eight), or 1-2-5 steps where
 * the range holds fewer than two of them.
 * @param minimum smallest value shown, above 0
 * @param maximum largest value shown, above `minimum`
 */
export function logarithmicTicks(minimum: number, maximum: number): number[] {
  const first = Math.ceil(Math.log10(minimum) - 1e-9);
  const last = Math.floor(Math.log10(maximum) + 1e-9);
  const decades = last - first + 1;
  if (decades >= 2) {
    const step = Math.ceil(decades / 8);
    const ticks: number[] = [];
    for (let exponent = first; exponent <= last; exponent += step) ticks.push(10 ** exponent);
    return ticks;
  }
  const ticks: number[] = [];
  for (let exponent = first - 1; exponent <= last + 1; exponent += 1) {
    for (const step of [1, 2, 5]) {
      const value = Number((step * 10 ** exponent).toPrecision(1));
      if (value >= minimum * (1 - 1e-9) && value <= maximum * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks;
}

/**
 * The range of a logarithmic axis that shows all of `values`, with a little air at both ends.
 * @param values only those above 0 count; without one the range is 0.1 to 10
 */
export function logarithmicRange(values: readonly number[]): { minimum: number; maximum: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { minimum: 0.1, maximum: 10 };
  const air = Math.max((high / low) ** 0.06, 1.25);
  return { minimum: low / air, maximum: high * air };
}

/**
 * Half the width of an axis that is symmetric about 0 and shows all of `values`.
 * @returns above 0; 1 where every value is 0 or unknown (NaN)
 */
export function symmetricLimit(...values: readonly ArrayLike<number>[]): number {
  let limit = 0;
  for (const array of values) {
    for (let i = 0; i < array.length; i += 1) {
      const size = Math.abs(array[i] ?? 0);
      if (size > limit) limit = size;
    }
  }
  return limit > 0 ? limit * 1.08 : 1;
}
