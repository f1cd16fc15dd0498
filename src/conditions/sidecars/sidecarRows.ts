import type { Sidecar } from "./sidecar.ts";

/** The column that is called as the condition is, capitals aside. */
export function textsOfCondition(
  columns: ReadonlyMap<string, readonly string[]>,
  names: readonly string[],
): readonly string[] | undefined {
  for (const name of names) {
    const found = [...columns].find(([key]) => isSame(key, name));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/**
 * The records of a sidecar that belong to a condition, in the order of their `row` where they have one.
 * @param names what the condition is called
 */
export function rowsOfCondition(sidecar: Sidecar, names: readonly string[]): number[] {
  const columns = ["condition", "label", "labels", "class"].map((column) =>
    sidecar.columns.get(column),
  );
  for (const name of names) {
    const conditions = columns.find((texts) => texts?.some((text) => isSame(text, name)) === true);
    if (conditions === undefined) continue;
    const chosen = [...conditions.keys()].filter((row) => isSame(conditions[row] ?? "", name));
    const order = sidecar.columns.get("row");
    if (order !== undefined) chosen.sort((a, b) => Number(order[a]) - Number(order[b]));
    return chosen;
  }
  return [];
}

function isSame(text: string, name: string): boolean {
  return text.toLowerCase() === name.toLowerCase();
}
