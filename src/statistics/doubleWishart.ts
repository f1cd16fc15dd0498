/** The 95 % point of the Tracy-Widom law of order 1 (Tracy and Widom 1996; Johnstone 2008, table 1). */
const tracyWidom95 = 0.9793;

/** Sizes of `det(S - l R) = 0`: p dimensions, S and R covariances with so many degrees of freedom (rows - 1). */
export interface DoubleWishart {
  readonly dimensions: number;
  readonly carriedFreedom: number;
  /** At least as many as dimensions, else R has no inverse. */
  readonly silencedFreedom: number;
}

/**
 * Where the generalized eigenvalues of two sample covariances of the same law end as rows and dimensions grow at the
 * same rate: `((1 + sqrt(y + z - y z)) / (1 - z))^2`, `y = p / n_S`, `z = p / n_R` (Wachter 1980; Silverstein 1985).
 * @returns infinite if the silenced condition has no more degrees of freedom than dimensions
 */
export function wachterEdge(sizes: DoubleWishart): number {
  const y = sizes.dimensions / sizes.carriedFreedom;
  const z = sizes.dimensions / sizes.silencedFreedom;
  return z < 1 ? ((1 + Math.sqrt(y + z - y * z)) / (1 - z)) ** 2 : Infinity;
}

/**
 * The 95 % point of the largest generalized eigenvalue of two sample covariances of independent Gaussian rows of the
 * same law: `logit(theta)` is `mu + sigma` times a Tracy-Widom variable to second order (Johnstone 2008, theorem 1),
 * `theta` the largest root of `S'` over `S' + R'`, scatters instead of covariances.
 * @returns infinite if the silenced condition has fewer degrees of freedom than dimensions
 */
export function largestRootPoint(sizes: DoubleWishart): number {
  const { dimensions: p, carriedFreedom: n, silencedFreedom: m } = sizes;
  if (m < p) return Infinity;
  const total = m + n - 1;
  const gamma = 2 * Math.asin(Math.sqrt((Math.min(p, n) - 0.5) / total));
  const phi = 2 * Math.asin(Math.sqrt((Math.max(p, n) - 0.5) / total));
  const mu = 2 * Math.log(Math.tan((phi + gamma) / 2));
  const sigma = Math.cbrt(
    16 / total ** 2 / (Math.sin(phi + gamma) ** 2 * Math.sin(phi) * Math.sin(gamma)),
  );
  return (Math.exp(mu + sigma * tracyWidom95) * m) / n;
}
