import type { FileSystem } from "../activations/byteSource.ts";
import type { Condition } from "../conditions/condition.ts";
import { hashSource } from "../runs/hashSource.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { SourceRecord } from "../runs/summary.ts";

/**
 * Whether rows that a direction is tried on may be rows that it was fitted on: the same bytes, the same
 * tensor, and row ranges that are not known to be apart.
 * @param sources what the direction's run was made from
 */
export async function mayHaveBeenFitted(
  tried: readonly Condition[],
  sources: RunDocument["sources"],
  fileSystem: FileSystem,
): Promise<boolean> {
  for (const condition of tried) {
    const { path, tensor } = condition.provenance;
    const hash = await hashSource(path, fileSystem);
    for (const fitted of [sources.target, sources.reference]) {
      const sameTensor = fitted.hash === hash && fitted.tensor === tensor;
      if (sameTensor && !areApart(condition, fitted)) return true;
    }
  }
  return false;
}

/** Ranges count after other selections, so they can be compared only where those are equal. */
function areApart({ source }: Condition, { condition: fitted }: SourceRecord): boolean {
  const sameLabel = JSON.stringify(source.label) === JSON.stringify(fitted.label);
  const sameSentences = JSON.stringify(source.sentences) === JSON.stringify(fitted.sentences);
  if (!sameLabel || !sameSentences) {
    // Two labels of one column never share a row.
    return (
      source.label !== undefined &&
      fitted.label !== undefined &&
      source.label.column === fitted.label.column &&
      source.label.value !== fitted.label.value
    );
  }
  if (source.rows === undefined || fitted.rows === undefined) return false;
  return source.rows.stop <= fitted.rows.start || fitted.rows.stop <= source.rows.start;
}
