import type { ConditionName } from "../../ged/method/directions.ts";
import type { RunSummary } from "../../runs/summary.ts";

/**
 * Lists of a report with an entry per row, if they are of the rows of the run: a train/test split was fitted on fewer
 * rows than it tests, and their numbers are not those of the run's rows.
 */
export function perRow<List extends Readonly<Record<ConditionName, readonly unknown[]>>>(
  { target, reference }: Pick<RunSummary, "target" | "reference">,
  lists: List | undefined,
): List | undefined {
  const fits = lists?.target.length === target.rows && lists.reference.length === reference.rows;
  return fits ? lists : undefined;
}
