import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { bootstrapFit } from "../../../src/ged/validation/stability/bootstrap.ts";
import { evaluateSplit } from "../../../src/ged/validation/evaluateSplit.ts";
import { exchangeLabels, planExchange } from "../../../src/ged/validation/permutation/permuteLabels.ts";
import {
  exchangeStatistics,
  readStatistics,
  statisticCount,
  type ExchangeProblem,
} from "../../../src/ged/validation/permutation/exchangeStatistics.ts";
import { gridSquares } from "../../../src/ged/validation/grid/grid.ts";
import { gridReport } from "../../../src/ged/validation/grid/gridReport.ts";
import type { GramInput } from "../../../src/ged/validation/input.ts";
import { reduceRows, rowCoefficients, type Split } from "../../../src/ged/reduced/reduceRows.ts";
import { crossValidationSplits } from "../../../src/ged/validation/design/splits.ts";
import { findUnits, initialLabels } from "../../../src/ged/validation/design/units.ts";
import { validateGram } from "../../../src/ged/validation/validateGram.ts";
import { Workspace } from "../../../src/linalg/small/workspace.ts";
import type { ScoredComponent, ValidationReport } from "../../../src/ged/validation/report.ts";
import { matrix } from "../../../src/linalg/matrix.ts";
import { quietContext, samples } from "../../unit/ged/validation/support.ts";

/** Written by data/expected.py: the literal procedure in all 3072 neurons, in numpy and scipy. */
interface Expected {
  readonly options: {
    readonly variance: number;
    readonly shrinkage: number;
    readonly components: number;
    readonly folds: number;
    readonly repeats: number;
    readonly seed: number;
    readonly permutations: number;
  };
  readonly foldOfPair: readonly (readonly number[])[];
  readonly forward: readonly ExpectedScore[];
  readonly swapped: readonly ExpectedScore[];
  readonly meanDifference: ExpectedScore;
  readonly linearDiscriminant: ExpectedScore;
  readonly observed: readonly (readonly number[])[];
  readonly permuted: readonly (readonly (readonly number[])[])[];
  readonly ledoitWolf: number;
  readonly oracleApproximating: number;
  readonly grid: {
    readonly shrinkages: readonly number[];
    readonly shares: readonly number[];
    readonly heldOutRatio: readonly number[];
  };
  readonly resampledAngles: readonly (readonly [number, number])[];
}

interface ExpectedScore {
  readonly carried: number;
  readonly silenced: number;
  readonly auc: number;
  readonly magnitudeAuc: number;
}

const expected = JSON.parse(
  readFileSync("test/golden/validation/data/expected.json", "utf8"),
) as Expected;
const fit = { variance: expected.options.variance, shrinkage: expected.options.shrinkage };
const workspace = new Workspace();
let input: GramInput;
let report: ValidationReport;
let labels: Uint8Array;
let repeats: Split[][];

beforeAll(async () => {
  ({ input } = await samples());
  labels = initialLabels(input.targetRows, input.referenceRows);
  const units = findUnits(labels, input.groups);
  const { folds, seed } = expected.options;
  repeats = [0, 1, 2].map((repeat) => crossValidationSplits(labels, units, folds, seed, repeat));
  report = await validateGram(
    input,
    fit,
    { ...expected.options, extended: true },
    quietContext({ threads: 0 }),
  );
}, 120_000);

function prepare(split: Split) {
  return { split, reduced: reduceRows(input.gram, split) };
}

function expectScore(found: ScoredComponent | undefined, score: ExpectedScore): void {
  expect(found?.heldOut?.targetVariance).toBeRelatively(score.carried);
  expect(found?.heldOut?.referenceVariance).toBeRelatively(score.silenced);
  expect(found?.heldOut?.ratio).toBeRelatively(score.carried / score.silenced);
  expect(found?.heldOut?.auc).toBeRelatively(score.auc);
  expect(found?.heldOut?.magnitudeAuc).toBeRelatively(score.magnitudeAuc);
}

expect.extend({
  /** Within 1e-7: the literal procedure's own rounding in 3072 neurons is near 1e-9. */
  toBeRelatively(found: unknown, wanted: number) {
    const pass = typeof found === "number" && Math.abs(found - wanted) <= 1e-7 * Math.abs(wanted);
    return { pass, message: () => `expected ${String(found)} to be ${wanted} within 1e-7` };
  },
});

declare module "vitest" {
  interface Matchers {
    toBeRelatively(wanted: number): void;
  }
}

describe("him and her, validated", () => {
  it("draws the folds that numpy draws", () => {
    repeats.forEach((splits, repeat) => {
      expected.foldOfPair[repeat].forEach((fold, pair) => {
        expect(Array.from(splits[fold].test)).toContain(pair);
        expect(Array.from(splits[fold].test)).toContain(pair + 53);
      });
    });
  });

  it("holds out every component of both directions as the literal procedure does", () => {
    expected.forward.forEach((score, c) => {
      expectScore(report.components[c], score);
    });
    expected.swapped.forEach((score, c) => {
      expectScore(report.swapped.components[c], score);
    });
  });

  it("scores the simpler directions as numpy does", () => {
    expectScore(report.baselines?.meanDifference, expected.meanDifference);
    expectScore(report.baselines?.linearDiscriminant, expected.linearDiscriminant);
  });

  it("finds the statistics of each permutation, in sample and held out, both directions", () => {
    const whole = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
    const problem: ExchangeProblem = {
      whole: prepare(whole),
      folds: repeats[0].map(prepare),
      options: fit,
      components: expected.options.components,
    };
    const exchange = planExchange(labels, findUnits(labels, input.groups), repeats[0]);
    const values = new Float64Array(statisticCount(problem.components));
    [expected.observed, ...expected.permuted].forEach((wanted, i) => {
      const own = i === 0 ? labels : exchangeLabels(labels, exchange, expected.options.seed, i - 1);
      exchangeStatistics(problem, own, values, workspace);
      const { inSample, heldOut } = readStatistics(values, problem.components);
      [inSample.forward, inSample.swapped, heldOut.forward, heldOut.swapped].forEach((part, j) => {
        part.forEach((value, c) => {
          expect(value, `labelling ${i - 1}`).toBeRelatively(wanted[j][c]);
        });
      });
    });
    expect(report.permutation?.heldOut?.observed).toBeRelatively(expected.observed[2][0]);
    report.permutation?.inSample.permuted.forEach((value, i) => {
      expect(value).toBeRelatively(expected.permuted[i][0][0]);
    });
    report.swapped.permutation?.heldOut?.permuted.forEach((value, i) => {
      expect(value).toBeRelatively(expected.permuted[i][3][0]);
    });
  });

  it("agrees with scikit-learn on the analytic shrinkages", () => {
    expect(report.grid?.ledoitWolf).toBeRelatively(expected.ledoitWolf);
    expect(report.grid?.oracleApproximating).toBeRelatively(expected.oracleApproximating);
  });

  it("fills the grid of shrinkage and share as refitting from scratch does", () => {
    const axes = expected.grid;
    const folds = [...repeats[0], ...repeats[1]].map(prepare);
    const squares = folds.map((fold) => gridSquares(fold, labels, axes, workspace));
    const estimates = { ledoitWolf: 0, oracleApproximating: 0 };
    const { heldOutRatio } = gridReport(axes, squares, [], estimates);
    heldOutRatio.forEach((ratio, i) => {
      expect(ratio).toBeRelatively(axes.heldOutRatio[i]);
    });
  });

  it("resamples pairs as numpy does: the same angles to the direction and to the span", () => {
    const split = { train: Int32Array.from(labels.keys()), test: new Int32Array(0) };
    const whole = prepare(split);
    const { directions } = evaluateSplit(whole, labels, fit, { components: 3 }, workspace);
    const observed = matrix(3, input.gram.rows);
    for (let c = 0; c < 3; c += 1) {
      const r = directions.columns;
      const own = rowCoefficients(whole.reduced, directions.values.subarray(c * r, (c + 1) * r));
      observed.values.set(own, c * observed.columns);
    }
    const data = {
      source: { kind: "gram" as const, gram: input.gram },
      labels,
      units: findUnits(labels, input.groups),
      options: fit,
      seed: expected.options.seed,
    };
    expected.resampledAngles.forEach(([angle, subspaceAngle], index) => {
      const found = bootstrapFit(data, { observed, rows: split.train }, index, workspace);
      expect(found.angle).toBeRelatively(angle);
      expect(found.subspaceAngle).toBeRelatively(subspaceAngle);
    });
  });
});
