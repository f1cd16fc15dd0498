/** A value between the ends of its 95 % interval. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The difference of two independent estimates and its 95 % interval, from their own two: square and add,
 *
 * `low = (a - b) - sqrt((a - low_a)^2 + (high_b - b)^2)`, `high = (a - b) + sqrt((high_a - a)^2 + (b - low_b)^2)`,
 *
 * which needs no symmetric intervals (Newcombe 1998, method 10; Zou and Donner 2008, "MOVER").
 */
export function differenceInterval(a: Bounded, b: Bounded): Bounded {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}
