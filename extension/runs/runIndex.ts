import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describeError, EigenlensError } from "../../src/errors.ts";
import { hasCode } from "../../src/files/hasCode.ts";
import { writeContent } from "../../src/files/writeWholeFile.ts";
import { documentEnding, reportsEnding } from "../../src/runs/reports/reportsFile.ts";
import type { RunRecord } from "../../src/runs/runDocument.ts";
import { entryOf, parseEntry, type RunEntry } from "./runEntry.ts";

const indexName = "index.json";

/** A run of the folder, and what its document and the reports beside it were like when they were read. */
interface KnownRun {
  readonly entry: RunEntry;
  /** Milliseconds since 1970, of the one that changed last. */
  readonly modified: number;
}

/**
 * What the documents of a folder say, so that they need not be opened again. It is only a cache, in memory and in a
 * file beside the documents: one that changed since is read anew, whoever changed it.
 */
export class RunIndex {
  readonly #folder: string;
  readonly #read: (runId: string) => Promise<RunRecord>;
  readonly #warn: (message: string) => void;
  #known: ReadonlyMap<string, KnownRun> | undefined;
  /** Documents that are damaged, each with what it was like then: told once. */
  readonly #damaged = new Map<string, string>();
  #stored = true;
  /** Refreshes wait for each other, so that none tells of a damaged document that another has just told of. */
  #tail: Promise<unknown> = Promise.resolve();

  /** @param warn gets one line for each document that cannot be read, once if it is damaged */
  constructor(
    folder: string,
    read: (runId: string) => Promise<RunRecord>,
    warn: (message: string) => void,
  ) {
    this.#folder = folder;
    this.#read = read;
    this.#warn = warn;
  }

  /** Whether {@link store} would write something new. */
  get changed(): boolean {
    return !this.#stored;
  }

  /** The runs of the folder as it is now. */
  refresh(): Promise<readonly RunEntry[]> {
    return this.#inTurn(() => this.#refresh());
  }

  /** Spares reading a document that was just written. */
  note(runId: string, record: RunRecord): Promise<RunEntry> {
    return this.#inTurn(async () => {
      const { byteLength, modified } = await this.#stat(runId);
      const run = { entry: entryOf(runId, record, byteLength), modified };
      this.#known = new Map([...(this.#known ?? (await this.#load())), [runId, run]]);
      this.#stored = false;
      return run.entry;
    });
  }

  async #refresh(): Promise<readonly RunEntry[]> {
    const known = this.#known ?? (await this.#load());
    const names = await readdir(this.#folder).catch(() => [] as string[]);
    const found = new Map<string, KnownRun>();
    for (const name of names) {
      if (!name.endsWith(documentEnding)) continue;
      const runId = name.slice(0, -documentEnding.length);
      const run = await this.#look(runId, known.get(runId));
      if (run) found.set(runId, run);
    }
    const same =
      found.size === known.size && [...found].every(([runId, run]) => known.get(runId) === run);
    if (!same) this.#stored = false;
    this.#known = found;
    return [...found.values()].map(({ entry }) => entry);
  }

  /** Writes the file beside the documents; to be asked for by one process at a time. */
  async store(): Promise<void> {
    const runs = [...(this.#known?.values() ?? [])];
    this.#stored = true;
    const lines = runs.map(({ entry, modified }) => ({ ...entry, modified }));
    await writeContent(join(this.#folder, indexName), JSON.stringify(lines));
  }

  async #look(runId: string, known: KnownRun | undefined): Promise<KnownRun | undefined> {
    let found;
    try {
      found = await this.#stat(runId);
    } catch {
      return undefined;
    }
    const { byteLength, modified } = found;
    if (known?.modified === modified && known.entry.byteLength === byteLength) return known;
    const state = `${byteLength} ${modified}`;
    if (this.#damaged.get(runId) === state) return undefined;
    try {
      return { entry: entryOf(runId, await this.#read(runId), byteLength), modified };
    } catch (thrown) {
      // Deleted in another window meanwhile: no fault.
      if (thrown instanceof EigenlensError && thrown.code === "file-access") return undefined;
      const { code, message } = describeError(thrown);
      // Only the file's own fault lasts: a worker that ended or ran out of memory may read it next time.
      if (code === "file-format") this.#damaged.set(runId, state);
      this.#warn(message);
      return undefined;
    }
  }

  /** Document and reports together. @throws if there is no document */
  async #stat(runId: string): Promise<{ byteLength: number; modified: number }> {
    const document = await stat(join(this.#folder, runId + documentEnding));
    const reports = await stat(join(this.#folder, runId + reportsEnding)).catch(() => undefined);
    return {
      byteLength: document.size + (reports?.size ?? 0),
      modified: Math.max(document.mtimeMs, reports?.mtimeMs ?? 0),
    };
  }

  async #load(): Promise<ReadonlyMap<string, KnownRun>> {
    const runs = new Map<string, KnownRun>();
    try {
      const parsed: unknown = JSON.parse(await readFile(join(this.#folder, indexName), "utf8"));
      for (const value of Array.isArray(parsed) ? (parsed as unknown[]) : []) {
        const entry = parseEntry(value);
        const modified: unknown = entry && Reflect.get(entry, "modified");
        if (entry && typeof modified === "number") runs.set(entry.runId, { entry, modified });
      }
    } catch (thrown) {
      // A missing index is rebuilt from the documents; a damaged one too, but that is worth a line.
      if (!hasCode(thrown, "ENOENT")) {
        this.#warn(`The index of past runs is read anew: ${describeError(thrown).message}`);
      }
    }
    return runs;
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(action, action);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
