import type { FileSystem } from "../activations/byteSource.ts";
import { EigenlensError } from "../errors.ts";
import { comparableRun, type ComparableRun } from "../runs/compare/comparableRun.ts";
import { compareRuns } from "../runs/compare/compareRuns.ts";
import type { RunComparison } from "../runs/compare/comparison.ts";
import { readDocumentFile } from "../runs/reading/readDocument.ts";
import type { EngineCall } from "./engineCall.ts";

/** More would not be read side by side. */
export const mostCompared = 12;

/**
 * Reads run documents, one in memory at a time, and sets their runs side by side.
 * @throws EigenlensError "usage" for fewer than two documents or too many; as {@link readDocumentFile} does;
 *   CancelledError between two documents
 */
export async function compareDocuments(
  paths: readonly string[],
  fileSystem: FileSystem,
  call: EngineCall,
): Promise<RunComparison> {
  if (paths.length < 2 || paths.length > mostCompared) {
    throw new EigenlensError(
      "usage",
      `A comparison is of 2 to ${mostCompared} runs, not of ${paths.length}: name that many run documents.`,
    );
  }
  const runs: ComparableRun[] = [];
  for (const path of paths) {
    call.cancellation.throwIfRequested();
    call.report({ step: "Reading the runs", fraction: runs.length / paths.length });
    runs.push(comparableRun(await readDocumentFile(path, fileSystem)));
  }
  return compareRuns(runs);
}
