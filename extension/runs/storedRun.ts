import { stat } from "node:fs/promises";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { RunDocument, RunRecord } from "../../src/runs/runDocument.ts";
import type { RunTransfer } from "../../src/runs/runTransfer.ts";
import type { SourceRecord } from "../../src/runs/summary.ts";
import type { RunStore } from "./runStore.ts";

export type ChangeTransfers = (known: readonly RunTransfer[]) => readonly RunTransfer[];

/** A finished run that a panel can show, wherever its document lies. */
export interface StoredRun {
  readonly runId: string;
  readonly record: RunRecord;
  /** Where the document lies: a path, or the address of one that only the editor can read. */
  readonly place: string;
  read(): Promise<RunDocument>;
  /** Keeps the run from going for want of room until what is returned is called; absent for a file of the user's. */
  showing?(): Promise<() => Promise<void>>;
  /** Keeps a validation with the run; absent where the document is a file of the user's. */
  saveValidation?(report: ValidationReport): Promise<void>;
  /**
   * Changes the transfers kept with the run, which another window may have changed too; absent where
   * the document is a file of the user's.
   * @returns those kept now
   */
  saveTransfers?(change: ChangeTransfers): Promise<readonly RunTransfer[]>;
}

/** A run of the store. */
export function storedRun(store: RunStore, runId: string, document: RunDocument): StoredRun {
  return {
    runId,
    record: recordOf(document),
    place: store.pathOf(runId),
    read: () => store.read(runId),
    showing: () => store.markers.showing(runId),
    async saveValidation(report) {
      await store.report(runId, (known) => ({ ...known, validation: report }));
    },
    async saveTransfers(change) {
      const { transfers } = await store.report(runId, (known) => ({
        ...known,
        transfers: change(known.transfers),
      }));
      return transfers;
    },
  };
}

export function recordOf(document: RunDocument): RunRecord {
  const { version, created, options, sources, summary, sentences, transfers } = document;
  return {
    ...{ version, created, options, sources, summary },
    ...(sentences ? { sentences } : {}),
    ...(transfers ? { transfers } : {}),
  };
}

/** Size in bytes and time of the last change in milliseconds; undefined where nothing is there. */
export type StatSource = (
  path: string,
) => Promise<{ readonly byteLength: number; readonly modified: number } | undefined>;

/** {@link StatSource} of the local disk. */
export const statOnDisk: StatSource = async (path) => {
  try {
    const { size, mtimeMs } = await stat(path);
    return { byteLength: size, modified: mtimeMs };
  } catch {
    return undefined;
  }
};

/** The paths of a run's sources that changed since, or are gone; empty where all is as it was. */
export async function staleSources(record: RunRecord, stat: StatSource): Promise<string[]> {
  const { target, reference } = record.sources;
  const sources = new Map<string, SourceRecord>([
    [target.path, target],
    [reference.path, reference],
  ]);
  const stale: string[] = [];
  for (const [path, source] of sources) {
    const found = await stat(path);
    // Some file systems give whole milliseconds, others fractions.
    const unchanged =
      found !== undefined &&
      found.byteLength === source.byteLength &&
      Math.abs(found.modified - source.modified) < 2;
    if (!unchanged) stale.push(path);
  }
  return stale;
}
