/**
 * The indices of the `count` entries of `values` that are largest in magnitude, largest first;
 * of equal ones the earlier comes first.
 */
export function largestByMagnitude(values: ArrayLike<number>, count: number): number[] {
  const order = Array.from({ length: values.length }, (_, i) => i);
  const magnitude = (index: number): number => Math.abs(values[index] ?? 0);
  order.sort((a, b) => magnitude(b) - magnitude(a) || a - b);
  return order.slice(0, count);
}
