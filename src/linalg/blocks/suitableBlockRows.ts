/** Whole depth blocks of the kernels, about 100 ms of work, so that a cancel is noticed in time. */
export function suitableBlockRows(columns: number, single: boolean): number {
  const rows = (single ? 2 ** 32 : 2 ** 31) / columns ** 2;
  return 256 * Math.min(4, Math.max(1, Math.round(rows / 256)));
}
