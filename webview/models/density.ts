/** A curve to draw: `y` over `x`, both `[points]`. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Silverman's rule of thumb for a Gaussian kernel:
 * `0.9 min(sd, IQR / 1.34) n^(-1/5)` (Silverman 1986, eq. 3.31).
 * @param values `[n]`, in any order
 * @returns 0 if all values are equal
 */
export function silvermanBandwidth(values: Float64Array): number {
  const n = values.length;
  if (n < 2) return 0;
  let mean = 0;
  for (const value of values) mean += value / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / (n - 1));
  const sorted = Float64Array.from(values).sort();
  const range = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
  const spread = range > 0 ? Math.min(deviation, range) : deviation;
  return 0.9 * spread * n ** -0.2;
}

/**
 * A Gaussian kernel density estimate of `values` `[n]` on `points` equally spaced places over the
 * values' range and three bandwidths beyond. The curve integrates to 1.
 * @returns undefined if all values are equal: there is no density to draw
 */
export function kernelDensity(values: Float64Array, points = 128): Curve | undefined {
  const bandwidth = silvermanBandwidth(values);
  if (!(bandwidth > 0)) return undefined;
  const low = values.reduce((a, b) => Math.min(a, b), Infinity) - 3 * bandwidth;
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity) + 3 * bandwidth;
  const x = new Float64Array(points);
  const y = new Float64Array(points);
  const scale = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  for (let i = 0; i < points; i += 1) {
    const place = low + ((high - low) * i) / (points - 1);
    let sum = 0;
    for (const value of values) sum += Math.exp(-0.5 * ((place - value) / bandwidth) ** 2);
    x[i] = place;
    y[i] = sum * scale;
  }
  return { x, y };
}

/**
 * The quantile of ascending values by linear interpolation (numpy's default, Hyndman & Fan type 7).
 * @param probability in [0, 1]
 */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return NaN;
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}
