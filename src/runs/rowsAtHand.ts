import type { ConditionName } from "../ged/method/directions.ts";
import type { RunSummary } from "./summary.ts";

/** What a source's record names as its format if the run was made from a moments document. */
export const momentsFormat = "moments";

/** How many rows of each condition are known one by one: all of them, but from moments only those of a reservoir. */
export function rowsAtHand({
  target,
  reference,
  atHand,
}: Pick<RunSummary, "target" | "reference" | "atHand">): Readonly<Record<ConditionName, number>> {
  return atHand ?? { target: target.rows, reference: reference.rows };
}
