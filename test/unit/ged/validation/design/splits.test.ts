import { describe, expect, it } from "vitest";
import {
  permuteLabels,
  planPermutation,
} from "../../../../../src/ged/validation/permutation/permuteLabels.ts";
import { formUnits } from "../../../../../src/ged/validation/design/blocks.ts";
import { Partition } from "../../../../../src/ged/validation/design/partition.ts";
import {
  crossValidationSplits,
  trainTestSplit,
} from "../../../../../src/ged/validation/design/splits.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { namedUnits, pairNames } from "../support.ts";

const countTargets = (labels: Uint8Array, rows: Iterable<number>) =>
  [...rows].filter((row) => labels[row] === 1).length;

describe("cross-validation splits", () => {
  it("test every row once, keep pairs together and balance the folds", () => {
    const labels = initialLabels(53, 53);
    const units = namedUnits(labels, pairNames(53));
    expect(units.kind).toBe("pairs");
    const splits = crossValidationSplits(labels, units, 5, 1, 0);
    const tested = splits.flatMap((split) => [...split.test]).sort((a, b) => a - b);
    expect(tested).toEqual([...labels.keys()]);
    for (const { train, test } of splits) {
      expect(train.length + test.length).toBe(106);
      for (const row of test) expect([...test]).toContain((row + 53) % 106);
      expect([10, 11]).toContain(countTargets(labels, test));
    }
  });

  it("stratify single rows by condition", () => {
    const labels = initialLabels(20, 11);
    const splits = crossValidationSplits(labels, namedUnits(labels), 4, 9, 2);
    for (const { test } of splits) {
      const targets = countTargets(labels, test);
      expect([4, 5, 6]).toContain(targets);
      expect([2, 3]).toContain(test.length - targets);
    }
  });

  it("keep groups of any size together", () => {
    const names = Array.from({ length: 40 }, (_, row) => `group ${Math.floor((row % 20) / 3)}`);
    const labels = initialLabels(20, 20);
    const units = namedUnits(labels, names);
    expect(units.kind).toBe("groups");
    for (const { train, test } of crossValidationSplits(labels, units, 3, 1, 0)) {
      const inTest = new Set([...test].map((row) => names[row]));
      for (const row of train) expect(inTest.has(names[row])).toBe(false);
    }
  });

  it("are the same for the same seed and repeat only", () => {
    const labels = initialLabels(30, 30);
    const units = namedUnits(labels);
    const draw = (seed: number, repeat: number) =>
      JSON.stringify(crossValidationSplits(labels, units, 5, seed, repeat).map((s) => [...s.test]));
    expect(draw(1, 0)).toBe(draw(1, 0));
    expect(new Set([draw(1, 0), draw(1, 1), draw(2, 0)]).size).toBe(3);
  });

  it("say which condition has too few units, and what to do", () => {
    const labels = initialLabels(9, 3);
    const units = namedUnits(labels);
    expect(() => crossValidationSplits(labels, units, 5, 1, 0)).toThrow(
      "Cross-validation with 5 folds needs 5 independent rows of each condition, but the reference has 3: choose 3 folds or fewer.",
    );
    const one = namedUnits(
      initialLabels(4, 4),
      Array.from({ length: 8 }, () => "same"),
    );
    expect(() => crossValidationSplits(initialLabels(4, 4), one, 2, 1, 0)).toThrow(
      /needs 2 groups of each condition, but the target has 1: add rows/,
    );
  });

  it("take train and test rows of both conditions as given", () => {
    const { train, test } = trainTestSplit(10, 12, { start: 0, stop: 2 }, { start: 5, stop: 8 });
    expect([...train]).toEqual([0, 1, 10, 11]);
    expect([...test]).toEqual([5, 6, 7, 15, 16, 17]);
    expect(() => trainTestSplit(10, 12, { start: 0, stop: 2 }, { start: 5, stop: 11 })).toThrow(
      /Rows 5:11 reach behind the last row: the target has 10 rows, the reference 12/,
    );
  });
});

describe("a permutation of labels", () => {
  it("turns pairs, about half of them", () => {
    const labels = initialLabels(40, 40);
    const plan = planPermutation(labels, namedUnits(labels, pairNames(40)));
    expect(plan.kind).toBe("withinPairs");
    expect(plan.labellings).toBe(2 ** 40);
    let turned = 0;
    for (let index = 0; index < 50; index += 1) {
      const own = permuteLabels(labels, plan, 1, index);
      for (let pair = 0; pair < 40; pair += 1) {
        expect(own[pair] + own[pair + 40]).toBe(1);
        turned += own[pair + 40];
      }
    }
    expect(turned).toBeGreaterThan(900);
    expect(turned).toBeLessThan(1100);
  });

  it("leaves each fold of every repeat its number of targets where rows stand alone", () => {
    const labels = initialLabels(20, 14);
    const units = namedUnits(labels);
    const plan = planPermutation(labels, units);
    expect(plan.kind).toBe("across");
    for (let repeat = 0; repeat < 4; repeat += 1) {
      const own = permuteLabels(labels, plan, 1, repeat);
      expect(own).not.toEqual(labels);
      for (const { test } of crossValidationSplits(labels, units, 4, 1, repeat)) {
        expect(countTargets(own, test)).toBe(countTargets(labels, test));
      }
    }
  });

  it("permutes rows without a partner among themselves", () => {
    const labels = initialLabels(3, 3);
    const names = ["a", "b", "alone", "a", "b", "other"];
    const plan = planPermutation(labels, namedUnits(labels, names));
    expect(plan.kind).toBe("withinPairs");
    expect(plan.labellings).toBe(8);
    const drawn = new Set<string>();
    for (let index = 0; index < 100; index += 1) {
      const own = permuteLabels(labels, plan, 1, index);
      expect(own[2] + own[5]).toBe(1);
      drawn.add(own.join(""));
    }
    expect(drawn.size).toBe(8);
  });

  it("moves clusters as a whole, those of one condition and those of both", () => {
    const labels = initialLabels(6, 6);
    const clusters = new Partition(12);
    // Two of three rows in each condition, and one that holds two rows of each.
    for (const rows of [
      [0, 1],
      [6, 7],
      [2, 3],
      [8, 9],
      [4, 5, 10, 11],
    ]) {
      for (const row of rows) clusters.join(rows[0], row);
    }
    const plan = planPermutation(labels, formUnits(labels, clusters, undefined, 1));
    expect(plan.kind).toBe("clusters");
    expect(plan.labellings).toBe(8);
    for (let index = 0; index < 40; index += 1) {
      const own = permuteLabels(labels, plan, 3, index);
      for (const [a, b] of [
        [0, 1],
        [6, 7],
        [2, 3],
        [8, 9],
        [4, 5],
        [10, 11],
      ]) {
        expect(own[a]).toBe(own[b]);
      }
      expect(own[4] + own[10]).toBe(1);
      expect(countTargets(own, own.keys())).toBe(6);
    }
  });

  it("says so if nothing can be permuted", () => {
    const labels = initialLabels(3, 3);
    const one = new Partition(6);
    for (const row of [1, 2]) one.join(0, row);
    const units = { ...formUnits(labels, one, undefined, 1), members: [[0, 1, 2]] };
    expect(() => planPermutation(labels, units)).toThrow(/Labels cannot be permuted/);
  });
});
