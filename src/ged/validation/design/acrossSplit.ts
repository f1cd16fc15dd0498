import type { Split } from "../../reduced/reduceRows.ts";
import type { Design } from "./design.ts";
import { count } from "./words.ts";

/**
 * The design under a train/test split by row numbers, which may part what belongs together: tested rows then resemble
 * fitted ones, and no p is to be trusted.
 * @param notes takes a line if the split parts clusters or pairs
 */
export function acrossSplit(design: Design, split: Split, notes: string[]): Design {
  const { clusters, pairOf } = design.units;
  const sideOf = new Map<number, "train" | "test">();
  for (const row of split.train) sideOf.set(row, "train");
  for (const row of split.test) sideOf.set(row, "test");
  const isParted = (rows: readonly number[]): boolean =>
    new Set(rows.map((row) => sideOf.get(row)).filter((side) => side !== undefined)).size > 1;
  const parted = clusters.filter(isParted).length;
  const pairs = Array.from(pairOf ?? [], (other, row) => [row, other]);
  const partedPairs = pairs.filter(([row, other]) => other > row && isParted([row, other])).length;
  if (parted + partedPairs === 0) return design;
  const parts = [
    ...(parted > 0 ? [count(parted, "cluster")] : []),
    ...(partedPairs > 0 ? [count(partedPairs, "pair")] : []),
  ].join(" and ");
  notes.push(
    `Rows that depend on each other stand on both sides of the train/test split (${parts}): tested rows resemble fitted ones, so neither the ratio nor p can be trusted; choose rows that keep them together.`,
  );
  return {
    ...design,
    ignored: [...design.ignored, parted > 0 ? "sharedTemplates" : "misalignedPairs"],
  };
}
