import type { ConditionSource } from "../condition.ts";
import { labelKey } from "./matchLabel.ts";
import { mayOverlap } from "./rowRange.ts";
import { filterKey } from "./sourceKey.ts";

/**
 * Whether two selections of one tensor are known to share no row. Ranges count after other selections, so they can be
 * compared only if those are equal.
 */
export function areApart(first: ConditionSource, second: ConditionSource): boolean {
  if (filterKey(first) !== filterKey(second)) {
    // Two labels of one column never share a row, unless they are one label written in two ways.
    return (
      first.label !== undefined &&
      second.label !== undefined &&
      first.label.column === second.label.column &&
      labelKey(first.label.value) !== labelKey(second.label.value)
    );
  }
  const ranges = [first.rows, second.rows];
  // Opened conditions count from the first row; what else does not, nobody can compare.
  if (ranges.some((range) => range === undefined || range.start < 0 || range.stop < 0))
    return false;
  const [one, other] = ranges;
  return one !== undefined && other !== undefined && !mayOverlap(one, other);
}
