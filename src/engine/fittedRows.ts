import type { Condition } from "../conditions/condition.ts";
import { areApart } from "../conditions/selection/rowsApart.ts";
import type { RunDocument } from "../runs/runDocument.ts";

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
      if (sameTensor && !areApart(condition.source, fitted.condition)) return true;
    }
  }
  return false;
}
