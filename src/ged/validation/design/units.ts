import { referenceLabel, targetLabel } from "../../reduced/labelledRows.ts";

/**
 * Which rows depend on each other. Clusters are the smallest sets that are permuted as a whole: rows that repeat
 * each other or share a template, or single rows. Units are what is never parted by a split: pairs or groups with
 * all clusters that they touch; where rows come in neither, blocks of a few clusters of each condition, drawn by
 * chance, so that every permutation within blocks leaves every fold its number of rows per condition.
 */
export interface Units {
  readonly kind: "pairs" | "groups" | "none";
  /** [N], the unit of each row, target rows first. */
  readonly unitOf: Int32Array;
  /** Rows of each unit, in ascending order. */
  readonly members: readonly (readonly number[])[];
  /**
   * Of each unit, whether rows of both conditions depend on each other in it (pairs, groups, clusters of both), so
   * that it is permuted as a whole; false for blocks, which only chance holds together.
   */
  readonly bound: readonly boolean[];
  /** Rows of each cluster, in ascending order. */
  readonly clusters: readonly (readonly number[])[];
  /** Rows of each set of rows that repeat each other, single ones included. */
  readonly repeats: readonly (readonly number[])[];
  /**
   * [N], 1 for the rows that cross-validation counts: of rows that repeat each other the first of each condition.
   * Rows that repeat in one condition only would make its variance less certain than permuted labels show.
   */
  readonly counted: Uint8Array;
}

/** [N], target rows first. */
export function initialLabels(targetRows: number, referenceRows: number): Uint8Array {
  return new Uint8Array(targetRows + referenceRows)
    .fill(targetLabel, 0, targetRows)
    .fill(referenceLabel, targetRows);
}

/** How a unit is called in a sentence. */
export function unitName(kind: Units["kind"]): string {
  return kind === "pairs" ? "pairs" : kind === "groups" ? "groups" : "independent rows";
}

/** [N], the counted row that each row repeats; itself if it counts. */
export function countedRows(labels: Uint8Array, units: Units): Int32Array {
  const countedOf = Int32Array.from(labels.keys());
  for (const rows of units.repeats) {
    const first = new Map<number, number>();
    for (const row of rows) {
      const counted = first.get(labels[row]) ?? row;
      first.set(labels[row], counted);
      countedOf[row] = counted;
    }
  }
  return countedOf;
}
