import type { Condition } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import { constantNeurons, type ConditionMoments } from "../full/moments/moments.ts";

/**
 * Whether a condition varies at all, by more than rounding.
 * @throws EigenlensError "condition" if all its rows are the same
 */
export function checkVariance(
  moments: ConditionMoments,
  condition: Pick<Condition, "name" | "columns" | "provenance">,
): void {
  if (constantNeurons(moments) < condition.columns) return;
  throw new EigenlensError(
    "condition",
    `${condition.name} (${condition.provenance.path}) does not vary: all ${moments.rows} rows are the ` +
      `same, so it has no covariance; check how its activations were collected.`,
  );
}
