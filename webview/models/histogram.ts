/** Counts on a logarithmic axis: bin i covers `edges[i]` up to `edges[i + 1]`. */
export interface LogarithmicHistogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/**
 * A histogram of positive values on a logarithmic axis whose bins lie on a fixed grid, so that bars
 * keep their places while more values arrive. The bins reach from the smallest to the largest of the
 * values and of `include`.
 * @param values ratios above 0; others are not counted
 * @param include further values that the axis must show (the observed one)
 */
export function logarithmicHistogram(
  values: readonly number[],
  include: readonly number[],
): LogarithmicHistogram {
  const usable = values.filter(isDrawable);
  const shown = [...usable, ...include.filter(isDrawable)].map((value) => Math.log10(value));
  if (shown.length === 0) return { edges: [0.1, 10], counts: [0] };
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  const width = binWidth(high - low);
  const first = Math.floor(low / width + 1e-9) - 1;
  const last = Math.floor(high / width + 1e-9) + 1;
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const value of usable) {
    const bin = Math.floor(Math.log10(value) / width + 1e-9) - first;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edges = Array.from({ length: counts.length + 1 }, (_, i) => 10 ** ((first + i) * width));
  return { edges, counts };
}

/** Decades per bin; few sizes, so that a growing range seldom changes them. */
function binWidth(decades: number): number {
  if (decades <= 0.5) return 0.01;
  if (decades <= 2) return 0.04;
  return decades <= 5 ? 0.1 : 0.2;
}

function isDrawable(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}
