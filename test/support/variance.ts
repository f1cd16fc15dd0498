/** The variance of some values about their own mean, ddof = 1. */
export function variance(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1);
}
