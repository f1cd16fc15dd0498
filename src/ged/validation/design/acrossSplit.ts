import type { Split } from "../../reduced/reduceRows.ts";
import type { Design } from "./design.ts";
import { count } from "./words.ts";

/**
 * The design under a train/test split by row numbers, which may part what belongs together: tested rows then resemble
 * fitted ones, and no p is to be trusted.
 * @param notes takes a line if the split parts clusters or pairs
 */
export function acrossSplit(design: Design, split: Split, notes: string[]): Design {
  const { clusters, members, bound, kind } = design.units;
  const sideOf = new Map<number, "train" | "test">();
  for (const row of split.train) sideOf.set(row, "train");
  for (const row of split.test) sideOf.set(row, "test");
  const isParted = (rows: readonly number[]): boolean =>
    new Set(rows.map((row) => sideOf.get(row)).filter((side) => side !== undefined)).size > 1;
  const parted = clusters.filter(isParted).length;
  // A unit that is one cluster is told as that. Clusters are disjoint, so that the first row says which it could be.
  const lengthFrom = new Map(clusters.map((rows) => [rows[0], rows.length]));
  const isCluster = (rows: readonly number[]): boolean => lengthFrom.get(rows[0]) === rows.length;
  const partedUnits =
    kind === "none"
      ? 0
      : members.filter((rows, unit) => bound[unit] && isParted(rows) && !isCluster(rows)).length;
  if (parted + partedUnits === 0) return design;
  const parts = [
    ...(parted > 0 ? [count(parted, "cluster")] : []),
    ...(partedUnits > 0 ? [count(partedUnits, kind === "pairs" ? "pair" : "group")] : []),
  ].join(" and ");
  notes.push(
    `Rows that depend on each other stand on both sides of the train/test split (${parts}): tested rows resemble fitted ones, so neither the ratio nor p can be trusted; choose rows that keep them together.`,
  );
  return {
    ...design,
    ignored: [...design.ignored, parted > 0 ? "sharedTemplates" : "misalignedPairs"],
  };
}
