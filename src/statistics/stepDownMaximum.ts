/**
 * Family-wise corrected p of several tests under the same permutations: step-down maxT (Westfall and Young 1993,
 * algorithm 4.1; Ge, Dudoit and Speed 2003). Each test's statistics, the observed one among them, are brought to mean
 * 0 and standard deviation 1 first, so that no test leads because its ratios scatter more; the observed labelling is
 * one of those that the scale is taken from, so that the correction stays exact.
 * @param observed [tests]
 * @param permuted one array [tests] per permutation, all of the same permutations; NaN if a statistic could not be
 *   computed, which counts as reaching whatever was observed
 * @returns [tests], `(b+1)/(m+1)` (Phipson and Smyth 2010), not smaller for a test whose standardised statistic is smaller
 */
export function stepDownMaximum(
  observed: readonly number[],
  permuted: readonly (readonly number[])[],
): number[] {
  const scaled = observed.map((own, test) =>
    standardise([own, ...permuted.map((values) => values[test])]),
  );
  const order = Array.from(observed.keys()).sort((a, b) => scaled[b][0] - scaled[a][0]);
  const reaching = new Array<number>(observed.length).fill(0);
  for (let m = 1; m <= permuted.length; m += 1) {
    let most = -Infinity;
    for (let rank = order.length - 1; rank >= 0; rank -= 1) {
      const test = order[rank];
      most = Math.max(most, scaled[test][m]);
      if (most >= scaled[test][0] - rounding) reaching[test] += 1;
    }
  }
  const corrected = new Array<number>(observed.length).fill(1);
  let least = 0;
  for (const test of order) {
    least = Math.max(least, (reaching[test] + 1) / (permuted.length + 1));
    corrected[test] = least;
  }
  return corrected;
}

/** What rounding may make of two equal standardised statistics. */
const rounding = 1e-8;

/** Mean 0 and standard deviation 1 over what is known; what is not becomes infinite. */
function standardise(values: readonly number[]): Float64Array {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  // All alike: nothing tells the observed one from the permuted.
  const deviation = Math.sqrt(variance) || 1;
  return Float64Array.from(values, (value) =>
    Number.isNaN(value) ? Infinity : (value - mean) / deviation,
  );
}
