import type { ConditionName } from "../../ged/method/directions.ts";
import { rowsAtHand } from "../../runs/rowsAtHand.ts";
import type { RunSummary } from "../../runs/summary.ts";

/**
 * Lists of a report with an entry per row, if they are of the rows of the run that are at hand: a train/test split was fitted on fewer
 * rows than it tests, and their numbers are not those of the run's rows.
 */
export function perRow<List extends Readonly<Record<ConditionName, readonly unknown[]>>>(
  summary: Pick<RunSummary, "target" | "reference" | "atHand">,
  lists: List | undefined,
): List | undefined {
  const { target, reference } = rowsAtHand(summary);
  const fits = lists?.target.length === target && lists.reference.length === reference;
  return fits ? lists : undefined;
}
