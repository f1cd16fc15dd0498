import type { ExportFormat } from "../../src/protocol/panel.ts";
import type { StoredRun } from "./storedRun.ts";

/**
 * The files that no export of a run may replace: what it was made from and its document, which only the document may
 * replace (with the transfers found since).
 */
export function keptFiles(
  { record, place }: Pick<StoredRun, "record" | "place">,
  format: ExportFormat,
): readonly string[] {
  const { target, reference } = record.sources;
  return [target.path, reference.path, ...(format === "runDocument" ? [] : [place])];
}
