import type { Condition } from "../conditions/condition.ts";
import { labelKey } from "../conditions/selection/matchLabel.ts";
import { filterKey } from "../conditions/selection/sourceKey.ts";
import { mayOverlap } from "../conditions/selection/rowRange.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import type { SourceRecord } from "../runs/summary.ts";

/**
 * Whether rows that a direction is tried on may be rows that it was fitted on: the same bytes, the same
 * tensor, and row ranges that are not known to be apart.
 * @param sources what the direction's run was made from
 * @param hashOf gives the hash of a condition's file
 */
export async function mayHaveBeenFitted(
  tried: readonly Condition[],
  sources: RunDocument["sources"],
  hashOf: (condition: Condition) => Promise<string>,
): Promise<boolean> {
  for (const condition of tried) {
    const { tensor } = condition.provenance;
    const hash = await hashOf(condition);
    for (const fitted of [sources.target, sources.reference]) {
      const sameTensor = fitted.hash === hash && fitted.tensor === tensor;
      if (sameTensor && !areApart(condition, fitted)) return true;
    }
  }
  return false;
}

/** Ranges count after other selections, so they can be compared only where those are equal. */
function areApart({ source }: Condition, { condition: fitted }: SourceRecord): boolean {
  if (filterKey(source) !== filterKey(fitted)) {
    // Two labels of one column never share a row, unless they are one label written in two ways.
    return (
      source.label !== undefined &&
      fitted.label !== undefined &&
      source.label.column === fitted.label.column &&
      labelKey(source.label.value) !== labelKey(fitted.label.value)
    );
  }
  const ranges = [source.rows, fitted.rows];
  // Opened conditions count from the first row; what else does not, nobody can compare.
  if (ranges.some((range) => range === undefined || range.start < 0 || range.stop < 0))
    return false;
  const [tried, used] = ranges;
  return tried !== undefined && used !== undefined && !mayOverlap(tried, used);
}
