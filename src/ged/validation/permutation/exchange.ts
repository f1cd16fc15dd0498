import { EigenlensError } from "../../../errors.ts";
import { purposes, RandomStream } from "../../../statistics/random.ts";
import type { Split } from "../../reduced/reduceRows.ts";
import type { Units } from "../design/units.ts";

/** Among which rows labels may be exchanged under the hypothesis that they carry nothing. */
export interface Exchange {
  readonly kind: "withinPairs" | "withinGroups" | "across";
  /** Rows of each block; labels are shuffled within blocks. */
  readonly blocks: readonly (readonly number[])[];
}

/**
 * Within pairs or groups where rows have partners, else across all rows of a fold. Either way every
 * exchange leaves each fold its number of rows a condition, and exchanges form a group, so that the p value
 * is exact on the folds as they are (Hemerik and Goeman 2018).
 * @param splits the folds of the cross-validation, or the one train/test split; empty where there is none
 * @throws EigenlensError "condition" where no label can be exchanged
 */
export function planExchange(labels: Uint8Array, units: Units, splits: readonly Split[]): Exchange {
  const kind =
    units.kind === "pairs" ? "withinPairs" : units.kind === "groups" ? "withinGroups" : "across";
  const candidates =
    kind === "across" ? blocksOf(splits, labels.length) : sortIntoSplits(units.members, splits);
  const blocks = candidates.filter((rows) => new Set(rows.map((row) => labels[row])).size === 2);
  if (blocks.length === 0) {
    throw new EigenlensError(
      "condition",
      `No ${kind === "across" ? "fold" : "group"} holds rows of both conditions, so labels cannot be exchanged: name groups that hold both, or none.`,
    );
  }
  return { kind, blocks };
}

/** The labels of one permutation; the same for the same seed and index, whatever was drawn before. */
export function exchangeLabels(
  labels: Uint8Array,
  exchange: Exchange,
  seed: number,
  index: number,
): Uint8Array {
  const exchanged = labels.slice();
  const random = new RandomStream(seed, purposes.permutation, index);
  for (const rows of exchange.blocks) {
    const own = Uint8Array.from(rows, (row) => labels[row]);
    random.shuffle(own);
    rows.forEach((row, i) => {
      exchanged[row] = own[i];
    });
  }
  return exchanged;
}

/** Each fold's tested rows; for a train/test split the training rows too; all rows where there is none. */
function blocksOf(splits: readonly Split[], rows: number): number[][] {
  if (splits.length === 0) return [Array.from({ length: rows }, (_, row) => row)];
  const blocks = splits.map((split) => Array.from(split.test));
  if (splits.length === 1) blocks.push(Array.from(splits[0].train));
  return blocks;
}

/** A train/test split by row numbers may part a group: what is left on either side is its own block. */
function sortIntoSplits(
  members: readonly (readonly number[])[],
  splits: readonly Split[],
): (readonly number[])[] {
  if (splits.length !== 1) return [...members];
  const train = new Set(splits[0].train);
  const test = new Set(splits[0].test);
  return members.flatMap((rows) => [
    rows.filter((row) => train.has(row)),
    rows.filter((row) => test.has(row)),
  ]);
}
