import { describe, expect, it } from "vitest";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { crossValidationSplits } from "../../../../../src/ged/validation/design/splits.ts";
import { choose, type RepeatSquares } from "../../../../../src/ged/validation/tuning/choose.ts";
import { foldPairs, pairSplit } from "../../../../../src/ged/validation/tuning/pairSplits.ts";
import { namedUnits, pairNames } from "../support.ts";

const axes = { shrinkages: [0.01, 0.1], shares: [0.9, 0.99] };

/** Squares whose ratios are these, cell by cell: target squares over one degree of freedom, reference squares 1. */
function squaresOf(ratios: readonly number[]): Float64Array {
  return Float64Array.from(ratios.flatMap((ratio) => [ratio, 1, 1, 1]));
}

/** Three folds; `best` says which cell is the largest of each test. */
function repeatOf(best: {
  readonly folds: readonly number[];
  readonly pairs: readonly (readonly number[])[];
}): RepeatSquares {
  const of = (cell: number) => squaresOf([0, 1, 2, 3].map((i) => (i === cell ? 5 : 1)));
  return { folds: best.folds.map(of), pairs: best.pairs.map((both) => both.map(of)) };
}

describe("a nested choice", () => {
  it("takes for each fold what the other folds choose by fits without it, and for all rows what all folds choose", () => {
    // Pairs 0-1, 0-2, 1-2, each tested on its first and its second fold.
    const repeat = repeatOf({
      folds: [3, 3, 1],
      pairs: [
        [2, 0],
        [2, 0],
        [1, 1],
      ],
    });
    const { whole, folds } = choose(axes, [repeat]);
    expect(whole).toEqual({ shrinkage: 0.1, share: 0.99 });
    // Fold 0 by folds 1 and 2 without fold 0; fold 1 by 0 and 2, of which the first of equals counts.
    expect(folds).toEqual([
      [
        { shrinkage: 0.01, share: 0.9 },
        { shrinkage: 0.01, share: 0.99 },
        { shrinkage: 0.01, share: 0.99 },
      ],
    ]);
  });

  it("passes over what cannot be fitted, and says so if nothing can", () => {
    const broken = (ratios: readonly number[]): RepeatSquares => ({
      folds: [1, 2, 3].map(() => squaresOf(ratios)),
      pairs: [1, 2, 3].map(() => [squaresOf(ratios), squaresOf(ratios)]),
    });
    expect(choose(axes, [broken([NaN, NaN, 2, 3])]).whole).toEqual({ shrinkage: 0.1, share: 0.99 });
    expect(() => choose(axes, [broken([NaN, NaN, NaN, NaN])])).toThrow(/None of the shrinkages/);
  });
});

describe("the splits by which folds choose", () => {
  it("leave two folds out, never part a pair, and meet every two folds once", () => {
    const labels = initialLabels(12, 12);
    const units = namedUnits(labels, pairNames(12));
    const splits = crossValidationSplits(labels, units, 4, 1, 0);
    const pairs = foldPairs(4);
    expect(new Set(pairs.map(({ first, second }) => `${first} ${second}`)).size).toBe(6);
    for (const pair of pairs) {
      const { train, test, starts } = pairSplit(splits, pair);
      expect(pair.first).toBeLessThan(pair.second);
      expect(test.slice(0, starts[1])).toEqual(splits[pair.first].test);
      expect(test.slice(starts[1])).toEqual(splits[pair.second].test);
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
      const tested = new Set(test);
      for (const row of train) expect(tested.has((row + 12) % 24)).toBe(false);
    }
  });
});
