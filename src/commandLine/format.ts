import * as numbers from "../protocol/words/numbers.ts";

/** Numbers as everywhere else, in characters that every terminal and script knows. */
function plain(text: string): string {
  return text.replaceAll("\u2212", "-").replaceAll("\u00a0", " ").replaceAll("\u221e", "infinite");
}

/** Three significant digits, whole and with thousands separated from 1000 on; scientific below 0.001. */
export function formatNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e12)) return value.toExponential(2);
  return plain(numbers.formatProse(value));
}

/** A share as a percentage with two decimals. */
export function formatShare(share: number): string {
  return plain(numbers.formatShare(share));
}

/** Seconds, or milliseconds below one. */
export function formatSeconds(seconds: number): string {
  return plain(numbers.formatSeconds(seconds));
}

/** A file size with a decimal unit. */
export function formatBytes(bytes: number): string {
  return plain(numbers.formatBytes(bytes));
}

/** How many times one variance is the other: "3.10 x". */
export function times(ratio: number): string {
  return `${formatNumber(ratio)} x`;
}

/** A p-value with two significant digits. */
export function formatProbability(p: number): string {
  return plain(numbers.formatProbability(p));
}

/** A whole number with thousands separated. */
export function formatCount(count: number): string {
  return plain(numbers.formatCount(count));
}
