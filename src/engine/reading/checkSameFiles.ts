import type { Condition } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";
import type { ConditionName } from "../../ged/method/directions.ts";
import { printable } from "../../text/printable.ts";
import type { ConditionPair } from "./conditionPair.ts";

/**
 * Refuses files that are not those of a run: other activations beside its numbers would be a lie. Call it once they are
 * read, for then they are hashed already.
 * @param hashes of the files, as the run's document has them
 * @throws EigenlensError "file-access"
 */
export async function checkSameFiles(
  pair: ConditionPair,
  hashes: Readonly<Record<ConditionName, string>>,
): Promise<void> {
  await checkSame(pair, pair.target, hashes.target);
  await checkSame(pair, pair.reference, hashes.reference);
  await pair.checkUnchanged();
}

async function checkSame(pair: ConditionPair, condition: Condition, hash: string): Promise<void> {
  if ((await pair.hashOf(condition)) === hash) return;
  throw new EigenlensError(
    "file-access",
    `${printable(condition.provenance.path)} has changed since the run was made: run it again to see activations of its rows.`,
  );
}
