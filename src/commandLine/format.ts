/** Three significant digits, whole and with thousands separated from 1000 on; scientific below 0.001. */
export function formatNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && magnitude < 1e-3) return value.toExponential(2);
  if (magnitude >= 1000) return Math.round(value).toLocaleString("en-US");
  return value === 0 ? "0" : value.toPrecision(3);
}

/** A share as a percentage with two decimals. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Seconds, or milliseconds below one. */
export function formatSeconds(seconds: number): string {
  return seconds < 1 ? `${Math.round(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`;
}

/** A file size with a decimal unit. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
