import type { FileSystem } from "../../activations/byteSource.ts";
import type { FoldAssignment } from "../../moments/metadata.ts";
import { openMoments } from "../../moments/openMoments.ts";
import { isMomentsDocument } from "../../moments/isMomentsDocument.ts";
import { momentsFormat } from "../../runs/rowsAtHand.ts";
import type { FileSummary } from "../../protocol/engine.ts";

/**
 * A moments document as a file of its conditions: what is chosen of it, though its tensors are sums.
 * @returns undefined if the file is none
 * @throws EigenlensError as {@link openMoments} does
 */
export async function inspectMoments(
  path: string,
  fileSystem: FileSystem,
): Promise<FileSummary | undefined> {
  if (!(await isMomentsDocument(path, fileSystem))) return undefined;
  const { byteLength, conditions, columns, metadata, rows, close } = await openMoments(
    path,
    fileSystem,
  );
  await close();
  return {
    path,
    format: momentsFormat,
    byteLength,
    tensors: conditions.map((name) => ({
      name,
      shape: [rows(name), columns],
      elementType: "float64",
      byteOrder: "little",
      order: "row-major",
      notes: [partitionNote(metadata.assignment)],
    })),
  };
}

function partitionNote(assignment: FoldAssignment | undefined): string {
  if (assignment === undefined) {
    return "From moments: sums over these rows without folds, so that nothing can be held out.";
  }
  const { folds, groups } = assignment;
  return groups === undefined
    ? `From moments: sums over these rows in ${folds} folds; without groups labels cannot be permuted.`
    : `From moments: sums over these rows in ${folds} folds and ${groups.count} groups of clusters.`;
}
