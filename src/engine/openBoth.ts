import type { FileSystem } from "../activations/byteSource.ts";
import type { Condition, ConditionSource } from "../conditions/condition.ts";
import { distinctNames } from "../conditions/distinctNames.ts";
import type { RowNames } from "../ged/validation/design/design.ts";
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

/** What both conditions know of their rows, target rows first; a part that only one of them knows is left out. */
export function rowNames(target: Condition, reference: Condition): RowNames {
  const both = (
    own: readonly string[] | undefined,
    other: readonly string[] | undefined,
  ): readonly string[] | undefined =>
    own === undefined || other === undefined ? undefined : [...own, ...other];
  const groups = both(target.groups, reference.groups);
  const clusters = both(target.clusters, reference.clusters);
  const sentences = both(target.sentences, reference.sentences);
  return {
    ...(groups === undefined ? {} : { groups }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(sentences === undefined ? {} : { sentences }),
  };
}
