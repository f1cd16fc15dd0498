import { normalQuantile, quantile } from "../../../statistics/quantile.ts";

/**
 * How many leading components are above what permuted labels give: those whose held-out ratio exceeds the 95 %
 * point of the permuted held-out ratios of the same rank, counted until the first that does not.
 * @param observed [m] held-out ratios
 * @param permuted the same of each permutation
 * @returns low and high: the counts with that point a Monte Carlo error (1.96 standard errors of its rank) higher
 *   and lower
 */
export function noiseEdge(
  observed: ArrayLike<number>,
  permuted: readonly Float64Array[],
): { components: number; low: number; high: number } {
  const share = 0.95;
  const error = normalQuantile * Math.sqrt((share * (1 - share)) / permuted.length);
  const above = (point: number): number => {
    let components = 0;
    for (let c = 0; c < observed.length; c += 1) {
      const ratios = Float64Array.from(permuted, (values) => values[c]).filter(
        (value) => !Number.isNaN(value),
      );
      if (!(observed[c] > quantile(ratios.sort(), Math.min(1, point)))) break;
      components += 1;
    }
    return components;
  };
  return { components: above(share), low: above(share + error), high: above(share - error) };
}
