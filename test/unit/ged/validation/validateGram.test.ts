import { beforeAll, describe, expect, it } from "vitest";
import { Cancellation } from "../../../../src/cancellation.ts";
import type { GramInput } from "../../../../src/ged/validation/input.ts";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../../../src/ged/validation/options.ts";
import { validateGram } from "../../../../src/ged/validation/validateGram.ts";
import type { ValidationReport } from "../../../../src/ged/validation/report.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";
import { bundleThread, gramInput, normalRows, pairNames, quietContext } from "./support.ts";

const fit = { keep: { share: 0.95 }, shrinkage: 0.05 };
const decay = (column: number) => 0.9 ** column;
const few: ValidationOptions = {
  ...defaultValidationOptions,
  repeats: 3,
  permutations: 60,
  extended: false,
};

/** The target varies along the first neuron and hardly else more than the reference does. */
function planted(rows = 16, columns = 40, groups: readonly string[] | undefined = undefined) {
  const target = normalRows(rows, columns, 1, (column) => (column === 0 ? 6 : decay(column)));
  const reference = normalRows(rows, columns, 2, decay);
  return gramInput(target, reference, groups);
}

/** The text of a warning, empty if it is not given. */
function textOf(
  report: ValidationReport,
  code: ValidationReport["warnings"][number]["code"],
): string {
  return report.warnings.find((warning) => warning.code === code)?.text ?? "";
}

/** What must not depend on the clock. */
function timeless(report: ValidationReport): ValidationReport {
  return { ...report, seconds: 0 };
}

describe("a validation", () => {
  let threadFile: string;
  beforeAll(async () => {
    threadFile = await bundleThread();
  }, 60_000);

  it("is the same to the last digit on any number of threads", async () => {
    const input = planted(16, 40, pairNames(16));
    const options = { ...few, extended: true };
    const run = (threads: number) =>
      validateGram(input, fit, options, quietContext({ threads, threadFile })).then(timeless);
    const alone = await run(0);
    expect(await run(1)).toEqual(alone);
    expect(await run(3)).toEqual(alone);
    expect(alone.omitted).toEqual([]);
    expect(alone.directions.forward.permutation?.heldOut?.permuted).toHaveLength(60);
  }, 120_000);

  it("falls back on the calling thread where threads cannot start", async () => {
    const context = quietContext({ threads: 2, threadFile: "no-such-file.js" });
    const report = await validateGram(planted(), fit, few, context);
    expect(report.directions.forward.heldOut?.ratio).toBeGreaterThan(1);
  });

  it("finds a planted direction, held out and beyond every permutation", async () => {
    const report = await validateGram(planted(), fit, few, quietContext());
    expect(report.directions.forward.permutation?.heldOut?.p).toBeCloseTo(1 / 61, 12);
    expect(report.directions.forward.heldOutRatioInterval?.low).toBeGreaterThan(1);
    expect(report.directions.forward.components[0].correctedP?.heldOut).toBeCloseTo(1 / 61, 12);
    expect(report.permutations).toEqual({
      count: 60,
      labelling: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      requested: 60,
      seed: 1,
      repeats: 3,
      exchange: "across",
      labellings: 2 ** 16,
    });
    expect(report.directions.forward.verdict).toBe("holds");
    expect(report.maxP).toBeCloseTo(1 / 61, 12);
    expect(report.distinct).toEqual({ target: 16, reference: 16 });
    expect(report.scheme).toEqual({
      kind: "crossValidation",
      folds: 5,
      repeats: 3,
      seed: 1,
      grouping: "none",
    });
  });

  it("warns in plain words where labels carry nothing", async () => {
    const input = gramInput(normalRows(16, 40, 5, decay), normalRows(16, 40, 6, decay));
    const report = await validateGram(input, fit, few, quietContext());
    expect(report.directions.forward.inSample.ratio).toBeGreaterThan(5);
    expect(report.directions.forward.verdict).not.toBe("holds");
    expect(textOf(report, "intervalIncludesOne")).toMatch(/interval of .* which includes 1/);
    expect(textOf(report, "nullReaches")).toMatch(/With permuted labels .* do not show/);
  });

  it("warns where the mean difference does as well", async () => {
    const target = normalRows(16, 40, 1, (column) => (column === 0 ? 6 : decay(column)));
    const reference = normalRows(16, 40, 2, decay);
    for (let i = 0; i < 16; i += 1) target.values[i * 40 + 30] += 5;
    const report = await validateGram(gramInput(target, reference), fit, few, quietContext());
    expect(report.baselines?.meanDifference.heldOut?.auc).toBeGreaterThan(0.95);
    expect(textOf(report, "meanSeparates")).toMatch(
      /chosen by the means alone, the mean difference/,
    );
  });

  it("does not care for the scale of the data, and mirrors when conditions are exchanged", async () => {
    const [a, b] = [normalRows(14, 30, 7, decay), normalRows(14, 30, 8, decay)];
    const scaled = (x: typeof a) =>
      matrix(
        x.rows,
        x.columns,
        x.values.map((value) => 1e5 * value),
      );
    const options = { ...few, permutations: 0 };
    const run = (input: GramInput) => validateGram(input, fit, options, quietContext());
    const names = pairNames(14);
    const plain = await run(gramInput(a, b, names));
    const large = await run(gramInput(scaled(a), scaled(b), names));
    const mirrored = await run(gramInput(b, a, names));
    expect(large.directions.forward.heldOut?.ratio).toBeCloseTo(
      plain.directions.forward.heldOut?.ratio ?? NaN,
      8,
    );
    expect(mirrored.directions.swapped.heldOut?.ratio).toBeCloseTo(
      plain.directions.forward.heldOut?.ratio ?? NaN,
      8,
    );
    expect(mirrored.directions.swapped.heldOut?.magnitudeAuc).toBeCloseTo(
      plain.directions.forward.heldOut?.magnitudeAuc ?? NaN,
      8,
    );
    expect(mirrored.directions.forward.heldOut?.ratio).toBeCloseTo(
      plain.directions.swapped.heldOut?.ratio ?? NaN,
      8,
    );
  });

  it("reports held-out numbers first and the null as it fills", async () => {
    const context = quietContext();
    await validateGram(planted(16, 40), fit, { ...few, permutations: 400 }, context);
    const partials = context.reports.flatMap(({ partial }) => partial ?? []);
    expect(partials[0]?.directions.forward.heldOut?.ratio).toBeGreaterThan(0);
    expect(partials[0]?.permutations).toBeUndefined();
    const counts = partials.flatMap((partial) => partial?.permutations?.count ?? []);
    expect(counts).toEqual([...counts].sort((x, y) => x - y));
    const fractions = context.reports.flatMap(({ fraction }) => fraction ?? []);
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions.every((fraction) => fraction <= 1)).toBe(true);
  });

  it.each([0, 2])("stops in the midst of its permutations (%i threads)", async (threads) => {
    const cancellation = new Cancellation();
    const counts: number[] = [];
    const context = quietContext({
      cancellation,
      threads,
      threadFile,
      report({ partial }) {
        const count = partial?.permutations?.count ?? 0;
        if (count === 0) return;
        counts.push(count);
        cancellation.request();
      },
    });
    const options = { ...few, permutations: 1_000_000 };
    await expect(validateGram(planted(), fit, options, context)).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts.at(-1)).toBeLessThan(100_000);
  });
});

describe("what cannot be computed", () => {
  it("leaves the rest of the report where rows are too few for the folds", async () => {
    const input = gramInput(normalRows(3, 30, 1, decay), normalRows(4, 30, 2, decay));
    const report = await validateGram(input, fit, few, quietContext());
    const { forward } = report.directions;
    expect(forward.inSample.ratio).toBeGreaterThan(1);
    expect(forward.permutation?.inSample.p).toBeGreaterThan(0);
    // Three folds would test one row each, and of two folds one is fitted on one row.
    expect(report.omitted).toEqual([
      "5 folds: only 3 independent rows of a condition can be held apart, so 3 folds are used.",
      "3 folds: each would test a single row of a condition, which has no variance, so 2 folds are used.",
      "Held-out scores: The target has 1 training rows: a covariance needs at least two.",
    ]);
    expect([forward.heldOut, forward.permutation?.heldOut]).toEqual([null, null]);
    // Three pairs of rows have eight labellings: no p of theirs can be 0.05.
    expect(forward.verdict).toBe("cannot-tell");
  });

  it.each([
    [4, 4],
    [5, 5],
    [5, 40],
  ])("measures held-out variances of %i and %i rows, none of a single row", async (n, m) => {
    const loud = normalRows(n, 30, 1, (column) => (column === 0 ? 300 : 1));
    const input = gramInput(loud, normalRows(m, 30, 2));
    const report = await validateGram(input, fit, few, quietContext());
    const { forward } = report.directions;
    expect(report.scheme).toMatchObject({ folds: n - 1 });
    expect(forward.heldOut?.ratio).toBeGreaterThan(10);
    expect(forward.permutation?.heldOut?.median).toBeGreaterThan(0);
    expect(forward.verdict).not.toBe("does-not-hold");
  });

  it("makes fewer folds of as many pairs as there are folds", async () => {
    const names = Array.from({ length: 5 }, (_, i) => `p${i}`);
    const loud = normalRows(5, 30, 1, (column) => (column === 0 ? 300 : 1));
    const input = gramInput(loud, normalRows(5, 30, 2), [...names, ...names]);
    const report = await validateGram(input, fit, few, quietContext());
    expect(report.scheme).toMatchObject({ folds: 4, grouping: "pairs" });
    expect(report.directions.forward.heldOut?.ratio).toBeGreaterThan(10);
  });

  it("says that one group cannot be split, and that its labels can still be exchanged", async () => {
    const groups = Array.from({ length: 20 }, () => "one");
    const input = gramInput(normalRows(10, 30, 1, decay), normalRows(10, 30, 2, decay), groups);
    const report = await validateGram(input, fit, few, quietContext());
    expect(report.omitted).toHaveLength(1);
    expect(report.omitted[0]).toMatch(/needs 5 groups of each condition, but the target has 1/);
    expect(report.permutations?.exchange).toBe("withinGroups");
    expect(report.directions.forward.verdict).toBe("cannot-tell");
  });

  it("keeps rows without a partner, which change labels among themselves", async () => {
    const groups = [...Array.from({ length: 12 }, (_, i) => `p${i}`), "x", "y"];
    const target = normalRows(14, 30, 1, decay);
    const reference = normalRows(12, 30, 2, decay);
    const input = gramInput(target, reference, [...groups, ...groups.slice(0, 12)]);
    const report = await validateGram(input, fit, few, quietContext());
    expect(report.omitted).toEqual([]);
    expect(report.permutations?.exchange).toBe("withinPairs");
    expect(report.directions.forward.permutation?.heldOut?.permuted.every(Number.isFinite)).toBe(
      true,
    );
  });

  it("names the singular reference where nothing is shrunk", async () => {
    const options = { keep: { share: 0.9999 }, shrinkage: 0 };
    const narrow = gramInput(normalRows(10, 8, 1), normalRows(10, 8, 2));
    const report = await validateGram(narrow, options, few, quietContext());
    // All 10 rows have rank 8 in 8 components; 8 training rows have rank 7.
    expect(report.directions.forward.heldOut).toBeNull();
    expect(report.directions.forward.inSample.ratio).toBeGreaterThan(1);
    expect(report.omitted.join(" ")).toMatch(
      /Held-out scores: With a shrinkage of 0 the silenced covariance is singular .* choose a shrinkage above 0/,
    );
    const wide = gramInput(normalRows(10, 30, 1), normalRows(10, 30, 2));
    await expect(validateGram(wide, options, few, quietContext())).rejects.toThrow(
      /With a shrinkage of 0 the silenced covariance is singular/,
    );
  });

  it.each([
    [{ folds: 1 }, /number of folds is 1: choose a whole number of at least 2/],
    [{ permutations: -1 }, /number of permutations is -1/],
    [{ seed: 0.5 }, /seed is 0.5/],
    [
      { trainRows: { start: 0, stop: 5 } },
      /Rows to test on are given without|without rows to test/,
    ],
    [
      { trainRows: { start: 0, stop: 5 }, testRows: { start: 4, stop: 9 } },
      /rows to train on \(0:5\) and to test on \(4:9\) overlap/,
    ],
  ])("refuses options without a meaning: %o", async (wrong, message) => {
    const running = validateGram(planted(), fit, { ...few, ...wrong }, quietContext());
    await expect(running).rejects.toThrow(message);
  });

  it("keeps no scores of the folds before the one that fails", async () => {
    // What only rows 0 and 1 of the reference have is in no training rows if both are tested at once.
    const reference = normalRows(10, 3, 2);
    for (let row = 0; row < 10; row += 1) {
      reference.values[row * 3 + 2] = row === 0 ? 1 : row === 1 ? -1 : 0;
    }
    const singular = { keep: { share: 0.9999 }, shrinkage: 0 };
    const options = { ...few, permutations: 0, repeats: 40 };
    const input = gramInput(normalRows(10, 3, 1), reference);
    const partial: number[] = [];
    const context = quietContext({
      report: ({ partial: known }) => {
        const { heldOutScores } = known?.directions.forward ?? {};
        if (heldOutScores) partial.push(heldOutScores.target.length);
      },
    });
    const report = await validateGram(input, singular, options, context);
    expect(partial[0]).toBe(10);
    expect(report.omitted.join(" ")).toMatch(/Held-out scores: With a shrinkage of 0/);
    for (const { heldOut, heldOutScores, components } of Object.values(report.directions)) {
      expect([heldOut, heldOutScores, components[1]?.heldOutScores]).toEqual([
        null,
        undefined,
        undefined,
      ]);
    }
    expect(report.baselines?.meanDifference.heldOutScores).toBeUndefined();
  });

  it("bears identical rows, constant neurons and rows that repeat", async () => {
    const target = normalRows(12, 20, 1, decay);
    const reference = normalRows(12, 20, 2, decay);
    target.values.copyWithin(20, 0, 20);
    reference.values.copyWithin(40, 0, 20);
    for (let i = 0; i < 12; i += 1) {
      target.values[i * 20 + 3] = 1;
      reference.values[i * 20 + 3] = 1;
    }
    const report = await validateGram(
      gramInput(target, reference, pairNames(12)),
      fit,
      { ...few, extended: true },
      quietContext(),
    );
    expect(report.omitted).toEqual([]);
    expect(Number.isFinite(report.directions.forward.heldOut?.ratio)).toBe(true);
  });
});

describe("a train/test split", () => {
  it("fits and tests on exactly the given rows", async () => {
    const input = planted(30, 40, pairNames(30));
    const options = {
      ...few,
      trainRows: { start: 0, stop: 14 },
      testRows: { start: 16, stop: 30 },
    };
    const report = await validateGram(input, fit, options, quietContext());
    expect(report.scheme.kind).toBe("trainTest");
    expect(report.directions.forward.heldOut?.ratio).toBeGreaterThan(1);
    expect(report.directions.forward.heldOutRatioInterval?.low).toBeLessThan(
      report.directions.forward.heldOut?.ratio ?? NaN,
    );
    expect(report.directions.forward.permutation?.heldOut?.observed).toBeCloseTo(
      report.directions.forward.heldOut?.ratio ?? NaN,
      9,
    );
    expect(report.omitted).toEqual([]);
  });
});
