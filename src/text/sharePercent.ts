/** A share in percent, rounded down: what is left out is never said to be nothing; an error of rounding alone leaves nothing out. */
export function sharePercent(share: number): string {
  return (Math.floor(1e4 * share + 1e-8) / 100).toString();
}
