import type { FileSystem } from "../../activations/byteSource.ts";
import type { Condition, ConditionSource } from "../../conditions/condition.ts";
import { openCondition } from "../../conditions/openCondition.ts";
import { EigenlensError } from "../../errors.ts";
import { isMomentsDocument } from "../../moments/isMomentsDocument.ts";

/**
 * Opens a condition whose rows are asked for.
 * @throws EigenlensError "condition" if the file holds moments, which have none; as {@link openCondition} does
 */
export async function openRows(
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<Condition> {
  await refuseMoments(source.path, fileSystem);
  return openCondition(source, fileSystem);
}

/** @throws EigenlensError "condition" if a file is a moments document */
export async function refuseMoments(path: string, fileSystem: FileSystem): Promise<void> {
  if (!(await isMomentsDocument(path, fileSystem))) return;
  throw new EigenlensError(
    "condition",
    `${path} holds moments, and rows are needed here: choose the activations that they were summed from.`,
  );
}
