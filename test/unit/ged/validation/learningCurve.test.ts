import { describe, expect, it } from "vitest";
import { formUnits } from "../../../../src/ged/validation/design/blocks.ts";
import { Partition } from "../../../../src/ged/validation/design/partition.ts";
import { initialLabels } from "../../../../src/ged/validation/design/units.ts";
import { drawSubset, learningPoint } from "../../../../src/ged/validation/learningCurve.ts";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../../../src/ged/validation/options.ts";
import { validateGram } from "../../../../src/ged/validation/validateGram.ts";
import { matrix, type Matrix } from "../../../../src/linalg/matrix.ts";
import { gramInput, namedUnits, normalRows, pairNames, quietContext } from "./support.ts";

const fit = { keep: { share: 0.95 }, shrinkage: 0.05 };
const options: ValidationOptions = { ...defaultValidationOptions, permutations: 0, folds: 4 };
const pairs = 20;
const target = normalRows(pairs, 30, 1, (column) => (column === 0 ? 4 : 0.9 ** column));
const reference = normalRows(pairs, 30, 2, (column) => 0.9 ** column);

const chosen = (rows: Matrix, kept: readonly number[]) =>
  matrix(
    kept.length,
    rows.columns,
    Float64Array.from(
      kept.flatMap((row) => [...rows.values.slice(row * rows.columns, (row + 1) * rows.columns)]),
    ),
  );

describe("a point of the learning curve", () => {
  it("is the geometric mean, and where one more draw would fall", () => {
    const logarithms = [0.5, 0.8, 1.4, 0.9];
    const point = learningPoint(
      logarithms.map((logarithm, i) => ({ rows: 20 + (i % 2), logarithm })),
    );
    // Student's 97.5 % point at 3 degrees of freedom, from a table.
    const width = 3.1824 * Math.sqrt((0.42 / 3) * (1 + 1 / 4));
    expect(point?.rows).toBe(21);
    expect(point?.ratio).toBeCloseTo(Math.exp(0.9), 12);
    expect(Math.log(point?.low ?? 0)).toBeCloseTo(0.9 - width, 2);
    expect(Math.log(point?.high ?? 0)).toBeCloseTo(0.9 + width, 2);
  });

  it("needs three draws that could be fitted", () => {
    const draw = (logarithm: number) => ({ rows: 10, logarithm });
    expect(learningPoint([1, NaN, 2].map(draw))).toBeUndefined();
    expect(learningPoint([1, NaN, 2, 3, Infinity].map(draw))?.ratio).toBeCloseTo(Math.exp(2), 12);
  });
});

describe("a subset of the rows", () => {
  const labels = initialLabels(30, 30);
  const clusters = new Partition(60);
  for (let row = 0; row < 60; row += 1) clusters.join(row, row - (row % 3));
  const units = formUnits(labels, clusters, undefined, 1);

  it("has whole units, each once, and folds that part none", () => {
    const rows = new Set<string>();
    for (let draw = 0; draw < 5; draw += 1) {
      const subset = drawSubset(labels, units, 2, 7, 0.6, draw);
      const tested = subset?.splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b) ?? [];
      expect(tested).toHaveLength(36);
      expect(new Set(tested).size).toBe(36);
      expect(subset?.rows).toBe(36);
      for (const unit of units.members) {
        expect([0, unit.length]).toContain(unit.filter((row) => tested.includes(row)).length);
      }
      for (const { train, test } of subset?.splits ?? []) {
        const inTest = new Set(Array.from(test, (row) => units.unitOf[row]));
        expect(Array.from(train).some((row) => inTest.has(units.unitOf[row]))).toBe(false);
        expect(train.length + test.length).toBe(36);
      }
      rows.add(tested.join());
    }
    expect(rows.size).toBe(5);
    expect(drawSubset(labels, units, 2, 7, 0.6, 3)).toEqual(
      drawSubset(labels, units, 2, 7, 0.6, 3),
    );
    expect(drawSubset(labels, units, 5, 7, 0.4, 0)).toBeUndefined();
  });

  it("gives what a validation of these rows alone gives", async () => {
    const names = pairNames(pairs);
    const input = gramInput(target, reference, names);
    const context = quietContext();
    const report = await validateGram(input, fit, { ...options, extended: true }, context);
    const own = namedUnits(initialLabels(pairs, pairs), names);
    const logarithms = { target: 0, reference: 0 };
    for (let draw = 0; draw < 8; draw += 1) {
      const subset = drawSubset(initialLabels(pairs, pairs), own, 4, 1, 0.6, draw);
      const kept = (subset?.splits ?? [])
        .flatMap(({ test }) => [...test])
        .filter((row) => row < pairs)
        .sort((a, b) => a - b);
      expect(kept).toHaveLength(12);
      // As many repeats as the draw has a number: the last of them has its folds.
      const ratios = async (repeats: number) => {
        const alone = await validateGram(
          gramInput(chosen(target, kept), chosen(reference, kept), pairNames(12)),
          fit,
          { ...options, repeats, extended: false },
          quietContext(),
        );
        return [
          alone.directions.forward.heldOut?.ratio ?? NaN,
          alone.directions.swapped.heldOut?.ratio ?? NaN,
        ];
      };
      const [upTo, before] = [await ratios(draw + 1), draw === 0 ? [1, 1] : await ratios(draw)];
      const last = [0, 1].map((i) => (draw + 1) * Math.log(upTo[i]) - draw * Math.log(before[i]));
      logarithms.target += last[0] / 8;
      logarithms.reference += last[1] / 8;
    }
    const at = (curve: typeof report.directions.forward.learningCurve) =>
      curve?.find(({ rows }) => rows === 24)?.ratio;
    expect(Math.log(at(report.directions.forward.learningCurve) ?? 0)).toBeCloseTo(
      logarithms.target,
      8,
    );
    expect(Math.log(at(report.directions.swapped.learningCurve) ?? 0)).toBeCloseTo(
      logarithms.reference,
      8,
    );
    // All rows: the ratio that is reported.
    expect(report.directions.forward.learningCurve?.map(({ rows }) => rows)).toEqual([
      16, 24, 32, 40,
    ]);
    expect(report.directions.forward.learningCurve?.at(-1)?.ratio).toBeCloseTo(
      report.directions.forward.heldOut?.ratio ?? NaN,
      12,
    );
    expect(report.directions.swapped.learningCurve?.at(-1)?.ratio).toBeCloseTo(
      report.directions.swapped.heldOut?.ratio ?? NaN,
      12,
    );
    for (const { ratio, low, high } of report.directions.forward.learningCurve ?? []) {
      expect(low).toBeLessThan(ratio);
      expect(high).toBeGreaterThan(ratio);
    }
    expect(context.reports.some(({ step }) => step === "Validating: learning curve")).toBe(true);
  }, 60_000);
});

describe("the learning curve of a validation", () => {
  const validate = (rows: number, more: Partial<ValidationOptions>) =>
    validateGram(
      gramInput(
        chosen(target, [...Array(rows).keys()]),
        chosen(reference, [...Array(rows).keys()]),
        pairNames(rows),
      ),
      fit,
      { ...options, extended: true, ...more },
      quietContext(),
    );

  it("begins where there are enough units for the folds", async () => {
    const report = await validate(8, {});
    expect(report.directions.forward.learningCurve?.map(({ rows }) => rows)).toEqual([10, 12, 16]);
  });

  it("has draws of its own for all rows if there are fewer repeats than three", async () => {
    const report = await validate(pairs, { repeats: 1 });
    const last = report.directions.forward.learningCurve?.at(-1);
    expect(last?.rows).toBe(40);
    expect(last?.ratio).not.toBe(report.directions.forward.heldOut?.ratio);
    expect(last?.low).toBeLessThan(last?.high ?? 0);
  });

  it.each([
    [
      "too few units",
      4,
      {},
      /^Learning curve: 4 pairs are too few to leave some out and have 3 folds/,
    ],
    [
      "one train/test split",
      pairs,
      { trainRows: { start: 0, stop: 10 }, testRows: { start: 10, stop: 20 } },
      /^Learning curve: it is drawn by cross-validation, not by one train\/test split\.$/,
    ],
  ] as const)("is left out with a line: %s", async (_name, rows, more, line) => {
    const report = await validate(rows, more);
    expect(report.directions.forward.learningCurve).toBeUndefined();
    expect(report.omitted.filter((each) => line.test(each))).toHaveLength(1);
  });

  it("is none of a validation that is not extended", async () => {
    const report = await validate(pairs, { extended: false });
    expect(report.directions.forward.learningCurve).toBeUndefined();
    expect(report.omitted.join()).not.toMatch(/Learning/);
  });
});
