import { describe, expect, it } from "vitest";
import {
  exchangeLabels,
  planExchange,
} from "../../../../../src/ged/validation/permutation/exchange.ts";
import {
  crossValidationSplits,
  trainTestSplit,
} from "../../../../../src/ged/validation/design/splits.ts";
import { findUnits, initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { pairNames } from "../support.ts";

const countTargets = (labels: Uint8Array, rows: Iterable<number>) =>
  [...rows].filter((row) => labels[row] === 1).length;

describe("cross-validation splits", () => {
  it("test every row once, keep pairs together and balance the folds", () => {
    const labels = initialLabels(53, 53);
    const units = findUnits(labels, pairNames(53));
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
    const splits = crossValidationSplits(labels, findUnits(labels, undefined), 4, 9, 2);
    for (const { test } of splits) {
      const targets = countTargets(labels, test);
      expect(targets).toBe(5);
      expect([2, 3]).toContain(test.length - targets);
    }
  });

  it("keep groups of any size together", () => {
    const names = Array.from({ length: 40 }, (_, row) => `group ${Math.floor((row % 20) / 3)}`);
    const labels = initialLabels(20, 20);
    const units = findUnits(labels, names);
    expect(units.kind).toBe("groups");
    for (const { train, test } of crossValidationSplits(labels, units, 3, 1, 0)) {
      const inTest = new Set([...test].map((row) => names[row]));
      for (const row of train) expect(inTest.has(names[row])).toBe(false);
    }
  });

  it("are the same for the same seed and repeat only", () => {
    const labels = initialLabels(30, 30);
    const units = findUnits(labels, undefined);
    const draw = (seed: number, repeat: number) =>
      JSON.stringify(crossValidationSplits(labels, units, 5, seed, repeat).map((s) => [...s.test]));
    expect(draw(1, 0)).toBe(draw(1, 0));
    expect(new Set([draw(1, 0), draw(1, 1), draw(2, 0)]).size).toBe(3);
  });

  it("say which condition has too few units, and what to do", () => {
    const labels = initialLabels(9, 3);
    const units = findUnits(labels, undefined);
    expect(() => crossValidationSplits(labels, units, 5, 1, 0)).toThrow(
      "Cross-validation with 5 folds needs 5 rows of each condition, but the reference has 3: choose 3 folds or fewer.",
    );
    const one = findUnits(
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

describe("an exchange of labels", () => {
  it("swaps within pairs, about half of them", () => {
    const labels = initialLabels(40, 40);
    const exchange = planExchange(labels, findUnits(labels, pairNames(40)), []);
    expect(exchange.kind).toBe("withinPairs");
    let swapped = 0;
    for (let index = 0; index < 50; index += 1) {
      const own = exchangeLabels(labels, exchange, 1, index);
      for (let pair = 0; pair < 40; pair += 1) {
        expect(own[pair] + own[pair + 40]).toBe(1);
        swapped += own[pair + 40];
      }
    }
    expect(swapped).toBeGreaterThan(900);
    expect(swapped).toBeLessThan(1100);
  });

  it("across rows leaves each fold its number of targets", () => {
    const labels = initialLabels(20, 14);
    const units = findUnits(labels, undefined);
    const splits = crossValidationSplits(labels, units, 4, 1, 0);
    const exchange = planExchange(labels, units, splits);
    expect(exchange.kind).toBe("across");
    const own = exchangeLabels(labels, exchange, 1, 7);
    expect(own).not.toEqual(labels);
    for (const { test } of splits) {
      expect(countTargets(own, test)).toBe(countTargets(labels, test));
    }
  });

  it("leaves rows without a partner as they are, and says where nothing can be exchanged", () => {
    const labels = initialLabels(3, 3);
    const names = ["a", "b", "alone", "a", "b", "other"];
    const exchange = planExchange(labels, findUnits(labels, names), []);
    expect(exchange.kind).toBe("withinGroups");
    for (let index = 0; index < 10; index += 1) {
      const own = exchangeLabels(labels, exchange, 1, index);
      expect([own[2], own[5]]).toEqual([1, 0]);
    }
    const apart = findUnits(labels, ["a", "b", "c", "d", "e", "f"]);
    expect(() => planExchange(labels, apart, [])).toThrow(/No group holds rows of both conditions/);
  });
});
