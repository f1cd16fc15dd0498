/** The 97.5 % quantile of the normal distribution. */
export const normalQuantile = 1.959963984540054;

/** Linear between order statistics (numpy's default); NaN of nothing. @param sorted ascending */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
