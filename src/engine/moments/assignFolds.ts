import type { Condition } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import type { RunContext } from "../../ged/method/context.ts";
import { entryAt } from "../../lookup.ts";
import { thisMemory } from "../../machine/memory.ts";
import {
  designFolds,
  hashedFolds,
  isDesignFeasible,
  type AssignedFolds,
} from "../../moments/assignFolds.ts";
import type { FoldRequest, MomentsRequest } from "../../protocol/moments.ts";
import { printable } from "../../text/printable.ts";
import { rowNames } from "../openBoth.ts";
import { resolveGroups } from "./resolveGroups.ts";
import { rowBudget } from "../reading/rowBudget.ts";

/** A condition under the name that the document gives it. */
export interface NamedCondition {
  readonly name: string;
  readonly condition: Condition;
}

/**
 * Assigns rows to folds as a request says: by what depends on each other in two conditions that fit into memory, else by
 * the names of their clusters.
 * @returns undefined for no folds
 * @throws EigenlensError "condition" if there are too few rows for the folds, or what depends on each other is asked for
 *   and cannot be looked for; CancelledError
 */
export async function assignFolds(
  opened: readonly NamedCondition[],
  request: FoldRequest & Pick<Partial<MomentsRequest>, "range">,
  context: RunContext,
): Promise<AssignedFolds | undefined> {
  const { folds, seed, rule } = request;
  const columns = Math.max(...opened.map(({ condition }) => condition.columns));
  const groups = resolveGroups(request, columns) ?? 0;
  if (groups > 0) checkGroups(groups, folds, rule);
  if (folds === 0) return undefined;
  const [target, reference, ...others] = opened.map(({ condition }) => condition);
  const most = Math.min(...opened.map(({ condition }) => condition.rows));
  if (most < 2 * folds) {
    const names = opened.filter(({ condition }) => condition.rows === most).map(({ name }) => name);
    throw new EigenlensError(
      "condition",
      `${printable(entryAt(names, 0))} has ${most} rows, too few for ${folds} folds of two rows: choose fewer folds (--folds 0 for none).`,
    );
  }
  if (groups > 0) return hashedFolds(opened, { folds, seed, groups });
  if (rule !== "hash" && target && reference && others.length === 0) {
    const rows = target.rows + reference.rows;
    const room = rowBudget(thisMemory(), 0);
    if (isDesignFeasible(rows, target.columns, room)) {
      const names = rowNames(target, reference);
      return designFolds(target, reference, names, { folds, seed }, context);
    }
  }
  if (rule === "design") {
    throw new EigenlensError(
      "condition",
      "What depends on each other is looked for in two conditions that fit into memory, which these are not: choose --fold-rule hash.",
    );
  }
  return hashedFolds(opened, { folds, seed });
}

function checkGroups(groups: number, folds: number, rule: FoldRequest["rule"]): void {
  if (rule === "design" || folds === 0 || groups % folds > 0 || groups < 2 * folds) {
    throw new EigenlensError(
      "usage",
      `${groups} groups of clusters in ${folds} folds${rule === "design" ? " by design" : ""}: choose --fold-rule hash and a multiple of the folds, such as --groups ${4 * (folds || 5)}.`,
    );
  }
}
