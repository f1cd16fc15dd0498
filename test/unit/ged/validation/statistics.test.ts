import { describe, expect, it } from "vitest";
import { countWins } from "../../../../src/statistics/areaUnderCurve.ts";
import { permutationInterval } from "../../../../src/ged/validation/permutation/interval.ts";
import { noiseEdge } from "../../../../src/ged/validation/permutation/noiseEdge.ts";
import { jackknifeIntervals } from "../../../../src/ged/validation/scores/jackknife.ts";
import {
  exactP,
  nullDistribution,
} from "../../../../src/ged/validation/permutation/nullDistribution.ts";
import { RandomStream } from "../../../../src/statistics/random.ts";
import {
  scoreOutcomes,
  type LabelledProjections,
} from "../../../../src/ged/validation/scores/scoreOutcomes.ts";
import { studentQuantile } from "../../../../src/statistics/studentQuantile.ts";
import { initialLabels, type Units } from "../../../../src/ged/validation/design/units.ts";
import { normalDeviates } from "../../../../src/statistics/normalDeviates.ts";
import { namedUnits, pairNames } from "./support.ts";

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

  it.each([1, 1e-150, 1e150, 1e307])(
    "ties what is equal but for rounding, in units of %s",
    (unit) => {
      const target = Float64Array.of(0.1 + 0.2, -4, 1 + 1e-6).map((value) => value * unit);
      const reference = Float64Array.of(0.3, 1, 5).map((value) => value * unit);
      const { total, target: higher, reference: lower } = countWins(target, reference);
      expect([...higher]).toEqual([0.5, 0, 2]);
      expect([...lower]).toEqual([1.5, 1, 0]);
      expect(total).toBe(2.5);
    },
  );

  it("has the same ties whether units are left out or not there", () => {
    const shared = [0.1 + 0.2, 0.3] as const;
    const part = {
      target: Float64Array.of(shared[0], -1, 2, 0.7),
      reference: Float64Array.of(shared[1], 1, 0.5, -3),
      targetRows: Int32Array.of(0, 1, 2, 3),
      referenceRows: Int32Array.of(4, 5, 6, 7),
      targetMean: 0.5,
      referenceMean: -0.1,
      upright: true,
    };
    const exact = { ...part, reference: Float64Array.of(shared[0], 1, 0.5, -3) };
    const units = namedUnits(initialLabels(4, 4), pairNames(4));
    expect(scoreOutcomes([[part]], "target").auc).toBe(scoreOutcomes([[exact]], "target").auc);
    const intervals = [part, exact].map((own) => jackknifeIntervals([own], "target", units).auc);
    expect(intervals[0]).toEqual(intervals[1]);
  });
});

describe("the jackknife", () => {
  const parts = folds(9, 3);

  it.each([
    ["pairs", namedUnits(initialLabels(9, 9), pairNames(9))],
    ["blocks of single rows", namedUnits(initialLabels(9, 9))],
  ])("leaves out %s as leaving them out and scoring again does", (_name, units) => {
    const { ratio, auc } = jackknifeIntervals(parts, "target", units);
    const whole = scoreOutcomes([parts], "target");
    const leftOut = units.members.map((rows) => scoreOutcomes([without(parts, rows)], "target"));
    const ratios = leftOut.map((score) => Math.log(score.ratio));
    const half = halfWidth(ratios, units);
    expect(Math.log(ratio.high / ratio.low) / 2).toBeCloseTo(half, 10);
    expect(Math.sqrt(ratio.low * ratio.high)).toBeCloseTo(whole.ratio, 10);
    const areas = leftOut.map((score) => score.auc);
    expect(auc.low).toBeCloseTo(Math.max(0, whole.auc - halfWidth(areas, units)), 10);
  });

  it("turns about when the reference is carried", () => {
    const units = namedUnits(initialLabels(9, 9), pairNames(9));
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
  it("counts the observed labelling among the permutations, and failures against it", () => {
    expect(exactP(3, [1, 2, 3, 4])).toBe(3 / 5);
    expect(exactP(5, [1, 2, 3, NaN])).toBe(2 / 5);
    // Equal but for rounding is reached; an infinite ratio is reached by itself alone.
    expect(exactP(3, [3 - 1e-12, 3 - 1e-6])).toBe(2 / 3);
    expect(exactP(Infinity, [1, Infinity])).toBe(2 / 3);
    const distribution = nullDistribution(2, [4, 1, 3]);
    expect(distribution).toMatchObject({ observed: 2, median: 3, maximum: 4, p: 3 / 4 });
  });

  it("takes the width of the interval from the permuted ratios, about 1", () => {
    const deviate = normalDeviates(new RandomStream(4, 52, 0));
    const permuted = Array.from({ length: 4000 }, () => Math.exp(0.3 * deviate()));
    const interval = permutationInterval(2, permuted);
    expect(Math.log((interval?.high ?? NaN) / 2)).toBeCloseTo(1.96 * 0.3, 1);
    expect((interval?.low ?? NaN) * (interval?.high ?? NaN)).toBeCloseTo(4, 10);
    expect(permutationInterval(2, permuted.slice(0, 39))).toBeUndefined();
  });

  it("counts leading components above the 95 % point of the same rank, up to the first that is not", () => {
    // Rank c of permutation i: i / 100, so that its 95 % point is 0.95.
    const permuted = Array.from({ length: 101 }, (_, i) => new Float64Array(4).fill(i / 100));
    expect(noiseEdge([3, 0.96, 0.5, 2], permuted).components).toBe(2);
    const edge = noiseEdge([3, 0.96, 0.5, 2], permuted);
    expect([edge.low, edge.high]).toEqual([1, 2]);
    expect(noiseEdge([0.95, 2, 2, 2], permuted).components).toBe(0);
  });

  it("takes one mean of logarithms over repeats, the quotient for one", () => {
    const parts = folds(9, 3);
    const more = folds(9, 3).map((part) => ({ ...part, target: part.target.map((x) => 3 * x) }));
    const [a, b] = [parts, more].map((own) => scoreOutcomes([own], "target").ratio);
    expect(scoreOutcomes([parts, more], "target").ratio).toBeCloseTo(Math.sqrt(a * b), 12);
    const single = scoreOutcomes([parts], "target");
    expect(single.ratio).toBe(single.carriedVariance / single.silencedVariance);
  });
});
