import { referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";

/** Rows that must never stand on both sides of a split: pairs, groups, or single rows. */
export interface Units {
  readonly kind: "pairs" | "groups" | "none";
  /** [N], the unit of each row, target rows first. */
  readonly unitOf: Int32Array;
  /** Rows of each unit, in ascending order. */
  readonly members: readonly (readonly number[])[];
}

/** [N], target rows first. */
export function initialLabels(targetRows: number, referenceRows: number): Uint8Array {
  return new Uint8Array(targetRows + referenceRows)
    .fill(targetLabel, 0, targetRows)
    .fill(referenceLabel, targetRows);
}

/**
 * Finds what the identifiers say: pairs where each stands exactly once in both conditions, else groups.
 * @param identifiers [N], one a row, target rows first; absent where rows stand alone
 */
export function findUnits(labels: Uint8Array, identifiers: readonly string[] | undefined): Units {
  if (identifiers === undefined) {
    const members = Array.from(labels, (_label, row) => [row]);
    return { kind: "none", unitOf: Int32Array.from(labels.keys()), members };
  }
  const numbers = new Map<string, number>();
  const members: number[][] = [];
  const unitOf = Int32Array.from(identifiers, (identifier, row) => {
    let unit = numbers.get(identifier);
    if (unit === undefined) {
      unit = members.length;
      numbers.set(identifier, unit);
      members.push([]);
    }
    members[unit].push(row);
    return unit;
  });
  const paired = members.every((rows) => rows.length === 2 && labels[rows[0]] !== labels[rows[1]]);
  return { kind: paired ? "pairs" : "groups", unitOf, members };
}

/** How a unit is called in a sentence. */
export function unitName(kind: Units["kind"]): string {
  return kind === "pairs" ? "pairs" : kind === "groups" ? "groups" : "rows";
}
