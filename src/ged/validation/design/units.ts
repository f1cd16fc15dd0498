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
  /** Rows of each cluster, in ascending order. */
  readonly clusters: readonly (readonly number[])[];
  /** [N], each row's one partner in the other condition, or -1; where rows come in pairs. */
  readonly pairOf?: Int32Array;
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
