import type { RunEntry } from "./runEntry.ts";

/** Bytes that runs take together. */
export function totalSize(runs: readonly Pick<RunEntry, "byteLength">[]): number {
  return runs.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** "34.5 MB", in the user's own format; a megabyte is a million bytes, as disks are sold. */
export function sizeText(byteLength: number): string {
  const [unit, size] =
    byteLength < 999_500 ? ["kB", 1e3] : byteLength < 999.5e6 ? ["MB", 1e6] : ["GB", 1e9];
  const value = byteLength / size;
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return `${value.toLocaleString(undefined, { maximumFractionDigits })} ${unit}`;
}

/**
 * The runs to remove so that the others take at most `limit` bytes, or as near as can be: the oldest first, and none
 * of those that are kept.
 */
export function runsBeyond(
  runs: readonly RunEntry[],
  limit: number,
  kept: ReadonlySet<string>,
): RunEntry[] {
  let size = totalSize(runs);
  const removed: RunEntry[] = [];
  for (const run of [...runs].sort((a, b) => a.created.localeCompare(b.created))) {
    if (size <= limit) break;
    if (kept.has(run.runId)) continue;
    removed.push(run);
    size -= run.byteLength;
  }
  return removed;
}
