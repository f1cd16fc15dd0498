/**
 * Family-wise corrected p of several tests, whatever their dependence: Holm's step-down (1979), the i-th smallest of n
 * times `n - i + 1`, never smaller than the one before.
 * @param p [tests], of those that were made; more may be counted than made
 * @param tests how many there are in all, p.length at least: tests that failed have been looked for as well
 * @returns [tests], in the order given
 */
export function holm(p: readonly number[], tests = p.length): number[] {
  const order = Array.from(p.keys()).sort((a, b) => p[a] - p[b]);
  const corrected = new Array<number>(p.length).fill(1);
  let least = 0;
  order.forEach((test, rank) => {
    least = Math.max(least, Math.min(1, p[test] * (tests - rank)));
    corrected[test] = least;
  });
  return corrected;
}
