import { stat } from "node:fs/promises";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import type { RunDocument, RunRecord } from "../../src/runs/runDocument.ts";
import type { RunTransfer } from "../../src/runs/runTransfer.ts";
import { changesOf, stampsOf, type StatSource } from "../runList/sourceStamps.ts";
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
  /** Keeps a validation with the run; absent if the document is a file of the user's. */
  saveValidation?(report: ValidationReport): Promise<void>;
  /**
   * Changes the transfers kept with the run, which another window may have changed too; absent if
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
  const { version, created, name, options, sources, summary, sentences, transfers } = document;
  return {
    ...{ version, created, options, sources, summary },
    ...(name === undefined ? {} : { name }),
    ...(sentences ? { sentences } : {}),
    ...(transfers ? { transfers } : {}),
  };
}

/** What makes the same run again: its sources and options, under the names that the conditions had. */
export function runRequest({
  sources,
  summary,
  options,
}: Pick<RunRecord, "sources" | "summary" | "options">): RunRequest {
  return {
    target: { ...sources.target.condition, name: summary.target.name },
    reference: { ...sources.reference.condition, name: summary.reference.name },
    options,
  };
}

/** {@link StatSource} of the local disk. */
export const statOnDisk: StatSource = async (path) => {
  try {
    const { size, mtimeMs } = await stat(path);
    return { byteLength: size, modified: mtimeMs };
  } catch {
    return undefined;
  }
};

/**
 * The paths of a run's sources that changed since, or are gone; empty if all is as it was. A notebook's variable that
 * was not kept is no change: nothing was to stay.
 */
export async function staleSources(record: RunRecord, stat: StatSource): Promise<string[]> {
  const changes = [...(await changesOf(stampsOf(record.sources), stat))];
  return changes.flatMap(([path, change]) => (change === "notKept" ? [] : [path]));
}
