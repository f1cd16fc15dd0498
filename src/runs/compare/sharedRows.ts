import { areApart } from "../../conditions/selection/rowsApart.ts";
import type { ConditionName } from "../../ged/method/directions.ts";
import type { RunRecord } from "../runDocument.ts";
import type { SharedRows } from "./comparison.ts";

type Rows = Pick<RunRecord, "sources" | "summary" | "sentences">;

const roles = ["target", "reference"] as const satisfies readonly ConditionName[];

/** What is known of the rows that two runs have in common; see {@link SharedRows}. */
export function sharedRowsOf(first: Rows, second: Rows): SharedRows {
  const shares = (a: ConditionName, b: ConditionName) =>
    shareRows(conditionOf(first, a), conditionOf(second, b));
  if (shares("target", "reference") || shares("reference", "target")) return "crossedRoles";
  return roles.some((role) => shares(role, role)) ? "sameRoles" : "noneKnown";
}

function conditionOf({ sources, summary, sentences }: Rows, role: ConditionName) {
  const { name, rows } = summary[role];
  // Those of a sample do not tell whether others are shared.
  const known = summary.atHand === undefined ? sentences?.[role] : undefined;
  return { source: sources[role], name, rows, sentences: known };
}

/**
 * The same file and tensor, unless the selections are apart; else a sentence in common; and if there are no sentences to
 * tell, one name and one number of rows, as two layers of one capture have them.
 */
function shareRows(a: ReturnType<typeof conditionOf>, b: ReturnType<typeof conditionOf>): boolean {
  const isSameTensor = a.source.hash === b.source.hash && a.source.tensor === b.source.tensor;
  if (isSameTensor) return !areApart(a.source.condition, b.source.condition);
  if (a.sentences !== undefined && b.sentences !== undefined) {
    const known = new Set(a.sentences);
    return b.sentences.some((sentence) => known.has(sentence));
  }
  return a.name === b.name && a.rows === b.rows;
}
