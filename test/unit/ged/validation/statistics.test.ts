import { describe, expect, it } from "vitest";
import { countWins } from "../../../../src/statistics/areaUnderCurve.ts";
import { exchangeInterval } from "../../../../src/ged/validation/permutation/exchangeInterval.ts";
import { jackknifeIntervals } from "../../../../src/ged/validation/jackknife.ts";
import {
  exactP,
  nullDistribution,
  quantile,
} from "../../../../src/ged/validation/permutation/nullDistribution.ts";
import { RandomStream } from "../../../../src/statistics/random.ts";
import {
  scoreOutcomes,
  type LabelledProjections,
} from "../../../../src/ged/validation/scoreOutcomes.ts";
import { studentQuantile } from "../../../../src/statistics/studentQuantile.ts";
import {
  findUnits,
  initialLabels,
  type Units,
} from "../../../../src/ged/validation/design/units.ts";
import { normalDeviates } from "../../../calibration/nullData.ts";
import { pairNames } from "./support.ts";

describe("the area under the curve", () => {
  it("counts pairs in which the target is higher, ties half", () => {
    const random = new RandomStream(3, 50, 0);
    const draw = (length: number) => Float64Array.from({ length }, () => random.below(6));
    for (let trial = 0; trial < 20; trial += 1) {
      const target = draw(1 + random.below(9));
      const reference = draw(1 + random.below(9));
      const wins = countWins(target, reference);
      let total = 0;
      target.forEach((a, i) => {
        let own = 0;
        reference.forEach((b) => {
          own += a > b ? 1 : a === b ? 0.5 : 0;
        });
        expect(wins.target[i]).toBe(own);
        total += own;
      });
      expect(wins.total).toBe(total);
      expect(wins.reference.reduce((sum, value) => sum + value, 0)).toBe(total);
    }
  });
});

describe("the jackknife", () => {
  const parts = folds(9, 3);

  it.each([
    ["pairs", findUnits(initialLabels(9, 9), pairNames(9))],
    ["single rows", findUnits(initialLabels(9, 9), undefined)],
  ])("leaves out %s as leaving them out and scoring again does", (_name, units) => {
    const { ratio, auc } = jackknifeIntervals(parts, "target", units);
    const whole = scoreOutcomes(parts, "target");
    const leftOut = units.members.map((rows) => scoreOutcomes(without(parts, rows), "target"));
    const ratios = leftOut.map((score) => Math.log(score.ratio));
    const half = halfWidth(ratios, units);
    expect(Math.log(ratio.high / ratio.low) / 2).toBeCloseTo(half, 10);
    expect(Math.sqrt(ratio.low * ratio.high)).toBeCloseTo(whole.ratio, 10);
    const areas = leftOut.map((score) => score.auc);
    expect(auc.low).toBeCloseTo(Math.max(0, whole.auc - halfWidth(areas, units)), 10);
  });

  it("turns about when the reference is carried", () => {
    const units = findUnits(initialLabels(9, 9), pairNames(9));
    const forward = jackknifeIntervals(parts, "target", units).ratio;
    const swapped = jackknifeIntervals(parts, "reference", units).ratio;
    expect(swapped.low).toBeCloseTo(1 / forward.high, 10);
    expect(swapped.high).toBeCloseTo(1 / forward.low, 10);
  });
});

/** Rows dealt to folds, projected anew in each, as held-out rows are. */
function folds(rows: number, count: number): LabelledProjections[] {
  const deviate = normalDeviates(new RandomStream(8, 51, 0));
  return Array.from({ length: count }, (_, fold) => {
    const own = Array.from({ length: rows }, (_row, i) => i).filter((i) => i % count === fold);
    const target = Float64Array.from(own, () => 2 * deviate());
    const reference = Float64Array.from(own, () => deviate());
    return {
      target,
      reference,
      targetRows: Int32Array.from(own),
      referenceRows: Int32Array.from(own, (row) => row + rows),
      targetMean: 0.1,
      referenceMean: -0.1,
      upright: true,
    };
  });
}

function without(parts: readonly LabelledProjections[], rows: readonly number[]) {
  return parts.map((part) => {
    const keeps = (row: number) => !rows.includes(row);
    return {
      ...part,
      target: part.target.filter((_value, i) => keeps(part.targetRows[i])),
      reference: part.reference.filter((_value, i) => keeps(part.referenceRows[i])),
    };
  });
}

function halfWidth(values: readonly number[], units: Units): number {
  const n = units.members.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(((n - 1) / n) * squares) * studentQuantile(n - 1);
}

describe("small statistics", () => {
  it("knows Student's quantiles", () => {
    // R: qt(0.975, c(3, 8, 52, 346))
    const known = [
      [3, 3.182446],
      [8, 2.306004],
      [52, 2.006647],
      [346, 1.966863],
    ];
    for (const [freedom, quantile975] of known) {
      expect(Math.abs(studentQuantile(freedom) / quantile975 - 1)).toBeLessThan(0.005);
    }
  });

  it("counts the observed labelling among the permutations, and failures against it", () => {
    expect(exactP(3, [1, 2, 3, 4])).toBe(3 / 5);
    expect(exactP(5, [1, 2, 3, NaN])).toBe(2 / 5);
    const distribution = nullDistribution(2, [4, 1, 3]);
    expect(distribution).toMatchObject({ observed: 2, median: 3, maximum: 4, p: 3 / 4 });
    expect(quantile(Float64Array.of(0, 1, 2, 3), 0.25)).toBe(0.75);
  });

  it("narrows the exchange interval by what repeats share", () => {
    const deviate = normalDeviates(new RandomStream(4, 52, 0));
    const shared = Array.from({ length: 4000 }, deviate);
    const ratios = () => shared.map((value) => Math.exp(0.3 * (value + deviate())));
    const [first, second] = [ratios(), ratios()];
    const one = exchangeInterval(2, first, [], 1);
    const ten = exchangeInterval(2, first, second, 10);
    const half = (interval: typeof one) => Math.log((interval?.high ?? NaN) / 2);
    // Variance 0.18 in all, half of it common to both repeats.
    expect(half(one)).toBeCloseTo(1.96 * Math.sqrt(0.18), 1);
    expect(half(ten)).toBeCloseTo(1.96 * Math.sqrt(0.18 * 0.55), 1);
    expect(exchangeInterval(2, first.slice(0, 10), [], 1)).toBeUndefined();
  });
});
