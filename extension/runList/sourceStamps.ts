import { notebookOrigin, type NotebookOrigin } from "../../src/runs/notebookOrigin.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";

/** What a file was like when a run read it. */
export interface SourceStamp {
  readonly path: string;
  readonly byteLength: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Set if it was a variable of a notebook: its file is removed with the run's panel. */
  readonly origin?: NotebookOrigin;
}

/** Size in bytes and time of the last change in milliseconds; undefined if nothing is there. */
export type StatSource = (
  path: string,
) => Promise<{ readonly byteLength: number; readonly modified: number } | undefined>;

/** What became of a file since; `notKept` if it held a notebook's variable and was removed as it should be. */
export type SourceChange = "changed" | "missing" | "notKept";

/** The files that a run was made from, each once. */
export function stampsOf({ target, reference }: RunDocument["sources"]): SourceStamp[] {
  const stamps = new Map(
    [target, reference].map((source) => {
      const { path, byteLength, modified } = source;
      const origin = notebookOrigin(source);
      const stamp = { path, byteLength, modified, ...(origin === undefined ? {} : { origin }) };
      return [path, stamp] as const;
    }),
  );
  return [...stamps.values()];
}

/** The files that are not as they were, by path; by size and time alone. */
export async function changesOf(
  stamps: readonly SourceStamp[],
  stat: StatSource,
): Promise<ReadonlyMap<string, SourceChange>> {
  const changes = new Map<string, SourceChange>();
  for (const { path, byteLength, modified, origin } of stamps) {
    const found = await stat(path);
    if (found === undefined) changes.set(path, origin === undefined ? "missing" : "notKept");
    // Some file systems give whole milliseconds, others fractions.
    else if (found.byteLength !== byteLength || Math.abs(found.modified - modified) >= 2)
      changes.set(path, "changed");
  }
  return changes;
}
