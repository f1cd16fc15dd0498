import { nodeFileSystem } from "../../src/activations/nodeFileSystem.ts";
import { readDocumentFile, readRecordFile } from "../../src/runs/reading/readDocument.ts";

/** What the engine's worker does for the store of runs, in this thread. */
export const documentReaders = {
  document: (path: string) => readDocumentFile(path, nodeFileSystem),
  record: (path: string) => readRecordFile(path, nodeFileSystem),
};
