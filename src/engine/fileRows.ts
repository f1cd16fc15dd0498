import type { FileSystem } from "../activations/byteSource.ts";
import type { ConditionSource } from "../conditions/condition.ts";
import { openCondition } from "../conditions/openCondition.ts";
import type { FileRows } from "../exports/python/fileRows.ts";
import { momentsFormat } from "../runs/rowsAtHand.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import { openBoth } from "./openBoth.ts";

/**
 * What the selections of a run's sources come down to; no activation is read. Moments have none.
 * @throws EigenlensError if a source cannot be opened
 */
export function findFileRows(
  { sources }: Pick<RunDocument, "sources">,
  fileSystem: FileSystem,
): Promise<FileRows> {
  const conditions = { target: sources.target.condition, reference: sources.reference.condition };
  const none = new Uint32Array(0);
  const formats = [sources.target.format, sources.reference.format];
  if (formats.includes(momentsFormat)) return Promise.resolve({ target: none, reference: none });
  const open = (source: ConditionSource) => openCondition(source, fileSystem);
  return openBoth(conditions, open, (target, reference) =>
    Promise.resolve({
      target: target.fileRows ?? none,
      reference: reference.fileRows ?? none,
    }),
  );
}
