import type { RunEntry } from "./runEntry.ts";

/** Bytes that runs take together. */
export function totalSize(runs: readonly Pick<RunEntry, "byteLength">[]): number {
  return runs.reduce((sum, { byteLength }) => sum + byteLength, 0);
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
