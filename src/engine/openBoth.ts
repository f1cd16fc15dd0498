import type { Condition, ConditionSource } from "../conditions/condition.ts";
import { distinctNames } from "../conditions/naming/distinctNames.ts";
import type { RowNames } from "../ged/validation/design/design.ts";
import { captureDifference } from "../conditions/provenance/compareProvenance.ts";
import { printable } from "../text/printable.ts";

/**
 * Opens two conditions for as long as `use` takes; both are closed whatever happens. Their names differ.
 * @throws EigenlensError as `open` and `use` do
 */
export async function openBoth<Result>(
  sources: { readonly target: ConditionSource; readonly reference: ConditionSource },
  open: (source: ConditionSource) => Promise<Condition>,
  use: (target: Condition, reference: Condition) => Promise<Result>,
): Promise<Result> {
  const target = await open(sources.target);
  try {
    const reference = await open(sources.reference);
    try {
      const names = distinctNames(target, reference);
      const notes = [...captureNotes(target, reference), ...(target.notes ?? [])];
      return await use(
        { ...target, name: names[0], ...(notes.length === 0 ? {} : { notes }) },
        { ...reference, name: names[1] },
      );
    } finally {
      await reference.close();
    }
  } finally {
    await target.close();
  }
}

/** A warning if the conditions are known to come from different models or places in one. */
function captureNotes(target: Condition, reference: Condition): string[] {
  const difference = captureDifference(target.capture, reference.capture);
  if (difference === undefined) return [];
  return [
    `Target and reference were captured at different places (${difference}): a direction between them may tell the places apart, not the conditions.`,
  ];
}

/**
 * What the conditions know of their rows, target rows first. What only one of them knows is kept for its rows and
 * said in a note: the other's have no sentence, and stand alone.
 */
export function rowNames(target: Condition, reference: Condition): RowNames {
  const notes: string[] = [];
  const both = (
    part: "groups" | "clusters" | "sentences",
    noun: string,
    consequence: (knowing: string, other: string) => string,
  ): readonly string[] | undefined => {
    const [own, other] = [target[part], reference[part]];
    if (own === undefined && other === undefined) return undefined;
    if (own !== undefined && other !== undefined) return [...own, ...other];
    const [knowing, lacking] = own === undefined ? [reference, target] : [target, reference];
    const without = printable(lacking.name);
    notes.push(
      `Only ${printable(knowing.name)} has ${noun}: ${consequence(printable(knowing.name), without)}.`,
    );
    const known = own ?? other ?? [];
    // Names of pairs that pair nothing say nothing else either, unless they repeat.
    if (part === "groups" && new Set(known).size === known.length) return undefined;
    const unknown = Array.from({ length: lacking.rows }, (_, row) =>
      part === "sentences" ? "" : `row ${row}, not named`,
    );
    return own === undefined ? [...unknown, ...(other ?? [])] : [...own, ...unknown];
  };
  const groups = both("groups", "identifiers of pairs", () => "no row has a named partner");
  const clusters = both(
    "clusters",
    "a column of clusters",
    (_knowing, other) => `each row of ${other} is taken to stand alone`,
  );
  const sentences = both(
    "sentences",
    "sentences",
    (knowing) => `repeated sentences and templates are looked for among the rows of ${knowing}`,
  );
  return {
    ...(groups === undefined ? {} : { groups }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(sentences === undefined ? {} : { sentences }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}
