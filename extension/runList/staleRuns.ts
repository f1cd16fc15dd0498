import { changesOf, type SourceChange, type SourceStamp, type StatSource } from "./sourceStamps.ts";

interface StampedRun {
  readonly runId: string;
  readonly stamps: readonly SourceStamp[];
}

/** Which change of several files is told. */
const weightiest: readonly SourceChange[] = ["missing", "changed", "notKept"];

/**
 * Which runs were made from files that are not as they were, by size and time: asked whenever the list is shown, and
 * never in its way. A file whose bytes turned out to be the same counts as unchanged until it changes again.
 */
export class StaleRuns {
  readonly #stat: StatSource;
  #known: ReadonlyMap<string, SourceChange> = new Map();
  readonly #trusted = new Map<string, SourceStamp>();

  constructor(stat: StatSource) {
    this.#stat = stat;
  }

  /** As of the last {@link check}; a file that is missing counts before one that changed. */
  changeOf(runId: string): SourceChange | undefined {
    return this.#known.get(runId);
  }

  /** @returns whether anything is not as it was at the last check */
  async check(runs: readonly StampedRun[]): Promise<boolean> {
    const asked = new Map<string, ReturnType<StatSource>>();
    const stat: StatSource = (path) => {
      const known = asked.get(path) ?? this.#stat(path).catch(() => undefined);
      asked.set(path, known);
      return known;
    };
    const found = new Map<string, SourceChange>();
    for (const { runId, stamps } of runs) {
      const changes = [...(await changesOf(stamps, stat)).entries()];
      const untrusted: SourceChange[] = [];
      for (const [path, change] of changes) {
        if (!(await this.#isTrusted(path, stat))) untrusted.push(change);
      }
      const change = weightiest.find((each) => untrusted.includes(each));
      if (change !== undefined) found.set(runId, change);
    }
    const before = this.#known;
    this.#known = found;
    return (
      found.size !== before.size ||
      [...found].some(([runId, change]) => before.get(runId) !== change)
    );
  }

  /** The files hold, as they are now, what they held when the run was made. */
  async trust(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const found = await this.#stat(path);
      if (found) this.#trusted.set(path, { path, ...found });
    }
  }

  async #isTrusted(path: string, stat: StatSource): Promise<boolean> {
    const stamp = this.#trusted.get(path);
    return stamp !== undefined && (await changesOf([stamp], stat)).size === 0;
  }
}
