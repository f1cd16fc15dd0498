const collator = new Intl.Collator("en", { numeric: true });

/** Orders names as people count: `request-2` before `request-10`; equal numbers by their digits. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
