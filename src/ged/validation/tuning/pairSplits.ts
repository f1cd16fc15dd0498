import type { Split } from "../../reduced/reduceRows.ts";

/** A split whose tested rows are tested in parts. */
export interface TuningSplit extends Split {
  /** Where each part of the tested rows starts. */
  readonly starts: readonly number[];
}

/** Two folds that are both left out, the first before the second. */
export interface FoldPair {
  readonly first: number;
  readonly second: number;
}

/**
 * The pairs of `folds` folds. A fit without both serves two choices: tested on the second, the one for the first, and
 * the other way round. So the folds that choose are those that hold out, whole units in each.
 */
export function foldPairs(folds: number): FoldPair[] {
  return Array.from({ length: folds }, (_, second) =>
    Array.from({ length: second }, (_unused, first) => ({ first, second })),
  ).flat();
}

/**
 * The fit without both folds of a pair, tested on the first, then on the second.
 * @param splits the folds of one repeat
 */
export function pairSplit(splits: readonly Split[], { first, second }: FoldPair): TuningSplit {
  const left = splits[first].test;
  const right = splits[second].test;
  const out = new Set(right);
  return {
    train: splits[first].train.filter((row) => !out.has(row)),
    test: Int32Array.from([...left, ...right]),
    starts: [0, left.length],
  };
}
