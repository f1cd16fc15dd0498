import type { RunDocument } from "../../src/runs/runDocument.ts";

/** What a file was like when a run read it. */
export interface SourceStamp {
  readonly path: string;
  readonly byteLength: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Size in bytes and time of the last change in milliseconds; undefined if nothing is there. */
export type StatSource = (
  path: string,
) => Promise<{ readonly byteLength: number; readonly modified: number } | undefined>;

/** What became of a file since. */
export type SourceChange = "changed" | "missing";

/** The files that a run was made from, each once. */
export function stampsOf({ target, reference }: RunDocument["sources"]): SourceStamp[] {
  const stamps = new Map(
    [target, reference].map(({ path, byteLength, modified }) => [
      path,
      { path, byteLength, modified },
    ]),
  );
  return [...stamps.values()];
}

/** The files that are not as they were, by path; by size and time alone. */
export async function changesOf(
  stamps: readonly SourceStamp[],
  stat: StatSource,
): Promise<ReadonlyMap<string, SourceChange>> {
  const changes = new Map<string, SourceChange>();
  for (const { path, byteLength, modified } of stamps) {
    const found = await stat(path);
    if (found === undefined) changes.set(path, "missing");
    // Some file systems give whole milliseconds, others fractions.
    else if (found.byteLength !== byteLength || Math.abs(found.modified - modified) >= 2)
      changes.set(path, "changed");
  }
  return changes;
}
