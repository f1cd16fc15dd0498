import type { FileSystem } from "../activations/byteSource.ts";
import type { Condition, ConditionSource } from "../conditions/condition.ts";
import { distinctNames } from "../conditions/distinctNames.ts";
import { openCondition } from "../conditions/openCondition.ts";

/**
 * Opens two conditions for as long as `use` takes; both are closed whatever happens. Their names differ.
 * @throws EigenlensError as {@link openCondition} and `use` do
 */
export async function openBoth<Result>(
  sources: { readonly target: ConditionSource; readonly reference: ConditionSource },
  fileSystem: FileSystem,
  use: (target: Condition, reference: Condition) => Promise<Result>,
): Promise<Result> {
  const target = await openCondition(sources.target, fileSystem);
  try {
    const reference = await openCondition(sources.reference, fileSystem);
    try {
      const names = distinctNames(target, reference);
      return await use({ ...target, name: names[0] }, { ...reference, name: names[1] });
    } finally {
      await reference.close();
    }
  } finally {
    await target.close();
  }
}

/** One group a row, target rows first; undefined where either condition's rows belong to none. */
export function pairedGroups(target: Condition, reference: Condition): string[] | undefined {
  if (target.groups === undefined || reference.groups === undefined) return undefined;
  return [...target.groups, ...reference.groups];
}
