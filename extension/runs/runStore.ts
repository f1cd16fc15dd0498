import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describeError, EigenlensError } from "../../src/errors.ts";
import {
  usualTimes,
  withFileLock,
  type HeldLock,
  type LockTimes,
} from "../../src/files/lock/fileLock.ts";
import { writeContent } from "../../src/files/writeWholeFile.ts";
import { documentParts } from "../../src/runs/documentFile.ts";
import {
  documentEnding,
  encodeReports,
  reportsEnding,
} from "../../src/runs/reports/reportsFile.ts";
import { reportsOf, withReports, type RunReports } from "../../src/runs/reports/runReports.ts";
import type { RunDocument, RunRecord } from "../../src/runs/runDocument.ts";
import { DeletedRuns } from "./deletedRuns.ts";
import { newRunId, type RunEntry } from "./runEntry.ts";
import { RunIndex } from "./runIndex.ts";
import { runsBeyond, totalSize } from "./runLimit.ts";
import { RunMarkers } from "./runMarkers.ts";

/** A window that hangs must not keep the list of runs, or a new one, from being shown for long. */
const tidyTimes: LockTimes = { ...usualTimes, patience: 5_000 };

export interface StorageLimit {
  /** Bytes that the runs may take together; Infinity for no bound. */
  bytes(): number;
  /** Gets the runs that had to go so that the others stay within the limit. */
  removed(runs: readonly RunEntry[]): void;
}

/** Read and check the document at a path, with the reports beside it. */
export interface DocumentReaders {
  document(path: string): Promise<RunDocument>;
  /** Reads none of its tensors. */
  record(path: string): Promise<RunRecord>;
}

/**
 * The past runs: one document a run in one folder that several windows may share. Whatever changes a document waits
 * for its turn, in this window and among all of them.
 */
export class RunStore {
  readonly #folder: string;
  readonly #warn: (message: string) => void;
  readonly #readers: DocumentReaders;
  readonly #limit: StorageLimit | undefined;
  readonly #index: RunIndex;
  readonly #deleted: DeletedRuns;
  readonly markers: RunMarkers;
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * @param warn gets one line for each document that cannot be read, once, and for what could not be tidied up
   * @param readers throw "file-access" if there is no document
   */
  constructor(
    folder: string,
    warn: (message: string) => void,
    readers: DocumentReaders,
    limit?: StorageLimit,
  ) {
    this.#folder = folder;
    this.#warn = warn;
    this.#readers = readers;
    this.#limit = limit;
    this.#index = new RunIndex(folder, (runId) => this.read(runId), warn);
    this.#deleted = new DeletedRuns(folder);
    this.markers = new RunMarkers(folder);
  }

  /** Made with the first run. */
  get folder(): string {
    return this.#folder;
  }

  /** Newest first. */
  async list(): Promise<readonly RunEntry[]> {
    const entries = await this.#index.refresh();
    if (this.#index.changed && entries.length > 0)
      await this.#tidy("the index", () => this.#keepIndex());
    return [...entries].sort((a, b) => b.created.localeCompare(a.created));
  }

  /** @throws EigenlensError "usage" for what cannot be a run's name */
  pathOf(runId: string): string {
    if (!/^[\w.-]+$/.test(runId) || runId.startsWith(".")) {
      throw new EigenlensError("usage", `"${runId}" does not name a run: open one from Runs.`);
    }
    return join(this.#folder, runId + documentEnding);
  }

  /** @throws EigenlensError "file-access" if the run was deleted, "file-format" if it is damaged */
  async read(runId: string): Promise<RunDocument> {
    const path = this.pathOf(runId);
    return this.#readStored(runId, () => this.#readers.document(path));
  }

  async #readStored<Read>(runId: string, read: () => Promise<Read>): Promise<Read> {
    try {
      return await read();
    } catch (cause) {
      if (!(cause instanceof EigenlensError && cause.code === "file-access")) throw cause;
      throw new EigenlensError(
        "file-access",
        `The run ${runId} is not stored any more: run the separation again.`,
        { cause },
      );
    }
  }

  /**
   * Stores a new run under a name of its own, whole or not at all; the oldest runs go if there is no room, but none
   * that is pinned or shown, nor this one.
   */
  async add(document: RunDocument): Promise<RunEntry> {
    const { target, reference } = document.summary;
    const runId = newRunId(
      { target: target.name, reference: reference.name },
      document.created,
      randomBytes(3).toString("hex"),
    );
    const path = this.pathOf(runId);
    await mkdir(this.#folder, { recursive: true });
    // Nobody else knows the name: a result waits for no other window.
    await writeContent(path, await documentParts(document));
    const entry = await this.#index.note(runId, document);
    await this.#tidy("old runs", () => this.#makeRoom(runId));
    return entry;
  }

  /**
   * Changes what is reported of a run (it was validated, transferred), beside its document, none of whose tensors is
   * read or written; changes wait for each other, so that none is lost, and one that is interrupted leaves what was.
   * @returns the reports that are kept now
   * @throws EigenlensError as {@link read} does; "file-access" if another window does not let it have its turn
   */
  report(runId: string, change: (known: RunReports) => RunReports): Promise<RunReports> {
    const path = this.pathOf(runId);
    return this.#alone(async (lock) => {
      const record = await this.#readStored(runId, () => this.#readers.record(path));
      const reports = change(reportsOf(record));
      await lock.check();
      await writeContent(join(this.#folder, runId + reportsEnding), encodeReports(record, reports));
      await this.#index.note(runId, withReports(record, reports));
      return reports;
    });
  }

  /** Calls a run something else; by its conditions again if `name` is undefined. @throws as {@link report} does */
  async rename(runId: string, name: string | undefined): Promise<void> {
    await this.report(runId, ({ validation, transfers }) => ({
      validation,
      transfers,
      ...(name === undefined ? {} : { name }),
    }));
  }

  /** Stores a run once more, its reports included, under an id of its own. @throws as {@link read} does */
  async duplicate(runId: string, name: string): Promise<RunEntry> {
    return this.add({ ...(await this.read(runId)), name });
  }

  /** Once all changes that began before are made. @returns brings the run back, for an hour at least */
  async delete(runId: string): Promise<() => Promise<void>> {
    this.pathOf(runId);
    await this.#alone(async () => {
      await this.#deleted.take(runId);
      await this.#deleted.sweep(Infinity);
    });
    return () => this.restore(runId);
  }

  /**
   * Brings back a run that was deleted or that had to go.
   * @throws EigenlensError "file-access" if that is too long ago
   */
  async restore(runId: string): Promise<void> {
    this.pathOf(runId);
    await this.#alone(() => this.#deleted.giveBack(runId));
  }

  async #makeRoom(made: string): Promise<void> {
    const limit = this.#limit?.bytes() ?? Infinity;
    const beyond = await this.#alone(async () => {
      const runs = await this.#index.refresh();
      const [pinned, shown] = [await this.markers.pinned(), await this.markers.shown()];
      const removed = runsBeyond(runs, limit, new Set([made, ...pinned, ...shown]));
      for (const { runId } of removed) await this.#deleted.take(runId);
      await this.#deleted.sweep(limit - totalSize(runs) + totalSize(removed));
      await this.#index.refresh();
      await this.#index.store();
      return removed;
    }, tidyTimes);
    if (beyond.length > 0) this.#limit?.removed(beyond);
  }

  #keepIndex(): Promise<void> {
    return this.#alone(async () => {
      await this.#index.refresh();
      await this.#index.store();
    }, tidyTimes);
  }

  /** What may fail without harm to the run at hand. */
  async #tidy(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      this.#warn(`Tidying up ${what} failed: ${describeError(thrown).message}`);
    }
  }

  /** While nobody else changes anything, in this window or another. */
  #alone<T>(action: (lock: HeldLock) => Promise<T>, times?: LockTimes): Promise<T> {
    return this.#inTurn(async () => {
      await mkdir(this.#folder, { recursive: true });
      return withFileLock(join(this.#folder, "lock"), action, times);
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(action, action);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}
