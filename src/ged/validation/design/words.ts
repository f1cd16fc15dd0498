/** "1 row", "2 rows". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** "66 %" */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
