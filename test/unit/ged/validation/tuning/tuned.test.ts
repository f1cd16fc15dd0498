import { beforeAll, describe, expect, it } from "vitest";
import { Cancellation } from "../../../../../src/cancellation.ts";
import type { FitOptions } from "../../../../../src/ged/reduced/fitReduced.ts";
import { initialLabels } from "../../../../../src/ged/validation/design/units.ts";
import { crossValidationSplits } from "../../../../../src/ged/validation/design/splits.ts";
import type { GramInput } from "../../../../../src/ged/validation/input.ts";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../../../../src/ged/validation/options.ts";
import type { ValidationReport } from "../../../../../src/ged/validation/report.ts";
import { tuneObserved } from "../../../../../src/ged/validation/tuning/tuneObserved.ts";
import { validateGram } from "../../../../../src/ged/validation/validateGram.ts";
import { validateRows } from "../../../../../src/ged/validation/validateRows.ts";
import { drawNull, nulls } from "../../../../calibration/nulls.ts";
import {
  bundleThread,
  gramInput,
  namedUnits,
  normalRows,
  pairNames,
  quietContext,
} from "../support.ts";

const fit: FitOptions = { keep: { share: 0.95 }, shrinkage: 0.01 };
const options: ValidationOptions = {
  ...defaultValidationOptions,
  repeats: 2,
  permutations: 40,
  extended: false,
  tuning: { mostShare: 1 },
};

/** The target varies along the first neuron and hardly else more than the reference does. */
function planted(rows = 16, columns = 40, named = true): GramInput {
  const decay = (column: number) => 0.9 ** column;
  const target = normalRows(rows, columns, 1, (column) => (column === 0 ? 3 : decay(column)));
  const reference = normalRows(rows, columns, 2, decay);
  return gramInput(target, reference, named ? pairNames(rows) : undefined);
}

function timeless({ tuning, ...report }: ValidationReport) {
  return { ...report, tuning: tuning && { ...tuning, seconds: 0 }, seconds: 0 };
}

describe("a validation that chooses shrinkage and share", () => {
  let threadFile: string;
  beforeAll(async () => {
    threadFile = await bundleThread();
  }, 60_000);

  it("is the same to the last digit on any number of threads", async () => {
    const run = (threads: number) =>
      validateGram(planted(), fit, options, quietContext({ threads, threadFile })).then(timeless);
    const alone = await run(0);
    expect(await run(2)).toEqual(alone);
  }, 120_000);

  it("says what was chosen, how often, and what choosing costs", async () => {
    const { tuning, directions, estimand } = await validateGram(
      planted(),
      fit,
      options,
      quietContext({ threads: 0 }),
    ).then((report) => ({ ...report, estimand: report.directions.forward.estimand }));
    if (tuning === undefined) throw new Error("Nothing was chosen.");
    expect(tuning.shrinkages).toEqual([0.001, 0.01, 0.1, 0.5]);
    expect(tuning.shares).toEqual([0.9, 0.95, 0.99, 0.999]);
    expect(tuning.folds.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(tuning.given).toMatchObject({ shrinkage: 0.01, share: 0.95 });
    expect(tuning.seconds).toBeGreaterThan(0);
    expect(estimand).toContain("shrinkage and share that these folds choose");
    const untuned = await validateGram(
      planted(),
      fit,
      { ...defaultValidationOptions, repeats: 2, permutations: 0, extended: false },
      quietContext({ threads: 0 }),
    );
    expect(tuning.given.heldOutRatio).toBeCloseTo(
      untuned.directions.forward.heldOut?.ratio ?? NaN,
      8,
    );
    expect(tuning.largestRatio).toBeGreaterThanOrEqual(tuning.given.heldOutRatio);
    expect(directions.forward.permutation?.heldOut?.observed).toBeCloseTo(
      directions.forward.heldOut?.ratio ?? NaN,
      8,
    );
  }, 60_000);

  it("chooses for a fold without a look at it, whatever stands there", async () => {
    const rows = 16;
    const input = planted(rows, 40);
    const labels = initialLabels(rows, rows);
    const units = namedUnits(labels, pairNames(rows));
    const splits = crossValidationSplits(labels, units, 4, 1, 0);
    const choicesOf = async ({ gram }: GramInput) => {
      const problem = {
        source: { kind: "gram" as const, gram },
        ...{ labels, units, options: fit, layout: { components: 1 }, seed: 1 },
      };
      const tuned = await tuneObserved(problem, 1, [splits], quietContext({ threads: 0 }));
      return tuned.choices.folds[0];
    };
    const before = await choicesOf(input);
    let others = 0;
    for (const [fold, { test }] of splits.entries()) {
      const changed = planted(rows, 40);
      if (changed.rows === undefined) throw new Error("The rows are not at hand.");
      for (const row of test) {
        // Other values of a size that would turn every choice that sees them.
        const noise = normalRows(1, 40, 100 + row, (column) => (column === 7 ? 40 : 5));
        changed.rows.values.set(noise.values, row * 40);
      }
      const products = quietContext().products;
      const after = await choicesOf({ ...changed, gram: products.gram(changed.rows) });
      expect(after[fold]).toEqual(before[fold]);
      others += after.filter((own, f) => f !== fold && !sameChoice(own, before[f])).length;
    }
    expect(others).toBeGreaterThan(0);
  }, 60_000);

  it("tries no larger share than it may", async () => {
    const { tuning } = await validateGram(
      planted(),
      fit,
      { ...options, permutations: 0, tuning: { mostShare: 0.96 } },
      quietContext({ threads: 0 }),
    );
    expect(tuning?.shares).toEqual([0.9, 0.95]);
  });

  it("keeps the limit of the components that the run has", async () => {
    const { directions } = await validateGram(
      planted(),
      { ...fit, keep: { share: 0.95, atMost: 3 } },
      { ...options, permutations: 0 },
      quietContext({ threads: 0 }),
    );
    expect(directions.forward.components).toHaveLength(3);
  });

  it("is refused in one line if it has no meaning", async () => {
    const refused = (own: FitOptions, more: Partial<ValidationOptions>, input = planted()) =>
      expect(validateGram(input, own, { ...options, ...more }, quietContext({ threads: 0 })))
        .rejects;
    await refused({ ...fit, keep: { count: 5 } }, {}).toThrow(/5 components fixed/);
    await refused(fit, { folds: 2 }).toThrow(/at least 3 folds/);
    await refused(fit, { tuning: { mostShare: 0 } }).toThrow(/above 0 and up to 1/);
    const ranges = { trainRows: { start: 0, stop: 8 }, testRows: { start: 8, stop: 16 } };
    await refused(fit, ranges).toThrow(/leave the rows to train and test on out/);
    await refused(fit, {}, planted(3, 40)).toThrow(/these rows allow 2/);
    await refused(fit, {}, planted(2, 40)).toThrow(/these rows allow 0/);
  });

  it("ends when it is cancelled while it chooses", async () => {
    const cancellation = new Cancellation();
    const context = {
      ...quietContext({ threads: 0, cancellation }),
      report: ({ step }: { readonly step: string }) => {
        if (step.includes("choosing")) cancellation.request();
      },
    };
    await expect(validateGram(planted(), fit, options, context)).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});

describe("on data whose labels carry nothing", () => {
  it("p of the tuned procedure is small no more often than it says, though choosing by looking would be optimistic", async () => {
    const sets = 60;
    let small = 0;
    let gain = 0;
    let naive = 0;
    for (let seed = 1; seed <= sets; seed += 1) {
      const { rows, targetRows, referenceRows, names } = drawNull(nulls["gaussian"], seed);
      const { directions, tuning } = await validateRows(
        { rows, targetRows, referenceRows, names },
        fit,
        { ...options, repeats: 1, permutations: 19, seed },
        quietContext({ threads: 0 }),
      );
      const { heldOut, permutation } = directions.forward;
      if (heldOut === null || !permutation?.heldOut || tuning === undefined) {
        throw new Error(`Seed ${seed}: nothing was held out.`);
      }
      if (permutation.heldOut.p <= 0.05) small += 1;
      gain += Math.log(heldOut.ratio) / sets;
      naive += Math.log(tuning.largestRatio) / sets;
    }
    // Of 60 at 5 %, more than nine are met with a probability of 0.001.
    expect(small).toBeLessThanOrEqual(9);
    // Nothing separates: paid for, the ratio is one on average; picked by looking, well above.
    expect(gain).toBeLessThan(0.1);
    expect(naive).toBeGreaterThan(gain + 0.2);
  }, 300_000);
});

function sameChoice(
  one: { readonly shrinkage: number; readonly share: number },
  other: { readonly shrinkage: number; readonly share: number },
): boolean {
  return one.shrinkage === other.shrinkage && one.share === other.share;
}
