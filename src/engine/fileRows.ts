import type { FileSystem } from "../activations/byteSource.ts";
import type { ConditionSource } from "../conditions/condition.ts";
import { openCondition } from "../conditions/openCondition.ts";
import type { FileRows } from "../exports/python/fileRows.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import { openBoth } from "./openBoth.ts";

/**
 * What the selections of a run's sources come down to; no activation is read.
 * @throws EigenlensError if a source cannot be opened
 */
export function findFileRows(
  { sources }: Pick<RunDocument, "sources">,
  fileSystem: FileSystem,
): Promise<FileRows> {
  const conditions = { target: sources.target.condition, reference: sources.reference.condition };
  const open = (source: ConditionSource) => openCondition(source, fileSystem);
  return openBoth(conditions, open, (target, reference) =>
    Promise.resolve({
      target: target.fileRows ?? new Uint32Array(0),
      reference: reference.fileRows ?? new Uint32Array(0),
    }),
  );
}
