import { readFileSync } from "node:fs";
import { writtenVariances } from "../../../src/runs/written/variances.ts";
import { writtenReport, type WrittenReport } from "../../../src/runs/written/report.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { measureConditioning } from "../../../src/ged/validation/scale/conditioning.ts";
import {
  allStructure,
  findDesign,
  type RowNames,
} from "../../../src/ged/validation/design/design.ts";
import { initialLabels } from "../../../src/ged/validation/design/units.ts";
import type { GramInput } from "../../../src/ged/validation/input.ts";
import type { ValidationOptions } from "../../../src/ged/validation/options.ts";
import type { DirectionReport, ValidationReport } from "../../../src/ged/validation/report.ts";
import {
  transferDirection,
  type TransferReport,
} from "../../../src/ged/validation/transfer/transfer.ts";
import type { Carries } from "../../../src/ged/validation/scores/scoreOutcomes.ts";
import { validateGram, validateSource } from "../../../src/ged/validation/validateGram.ts";
import type { FitOptions } from "../../../src/ged/reduced/fitReduced.ts";
import { reduceRows, type Split } from "../../../src/ged/reduced/reduceRows.ts";
import { Workspace } from "../../../src/linalg/small/workspace.ts";
import { gramInput, quietContext } from "../../unit/ged/validation/support.ts";
import { expectLike } from "./likeness.ts";
import { readRows } from "./readRows.ts";

/** Written by data/expected.py: the literal procedure in all neurons, in numpy and scipy. */
interface Expected {
  readonly fit: { readonly variance: number; readonly shrinkage: number };
  readonly options: ValidationOptions;
  readonly report: Readonly<Record<string, unknown>>;
  readonly conditioning: unknown;
  /** Between which quantiles of numpy's random directions those of 200 draws lie, but for 4 standard errors. */
  readonly randomRatios: Readonly<Record<"low" | "median" | "high", readonly [number, number]>>;
}

interface ExpectedTransfer {
  readonly target: readonly number[];
  readonly reference: readonly number[];
  readonly seed: number;
  readonly cases: readonly {
    readonly carries: Carries;
    readonly upright: boolean;
    readonly permutations: number;
    readonly report: TransferReport;
  }[];
}

const data = "test/golden/validation/data";
const read = (path: string): unknown => JSON.parse(readFileSync(`${data}/${path}`, "utf8"));

async function inputOf(name: string): Promise<GramInput> {
  const rows =
    name === "himHer"
      ? ["samples/him.npy", "samples/her.npy"]
      : [`${data}/${name}/target.npy`, `${data}/${name}/reference.npy`];
  const [target, reference] = await Promise.all(rows.map(readRows));
  const names = read(`${name}/names.json`) as RowNames;
  return { ...gramInput(target, reference), names };
}

/** What is said in words, measures the clock, or is drawn at random without a counterpart in numpy. */
const elsewhere = [
  "warnings",
  "omitted",
  "seconds",
  "estimand",
  "randomDirections",
  "learningCurve",
  "labelling",
];

/** NumPy's words for the options of a fit. */
function fitOf({ variance, shrinkage }: Expected["fit"]): FitOptions {
  return { keep: { share: variance }, shrinkage };
}

function withoutWords(report: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(report).filter(([key]) => !elsewhere.includes(key)));
}

/** The scores of a baseline's rows are held against its projections in `baselineScores.test.ts`. */
function withoutRowScores(baselines: NonNullable<WrittenReport["baselines"]>): object {
  return Object.fromEntries(
    Object.entries(baselines).map(([name, { heldOutScores: _scores, ...own }]) => [name, own]),
  );
}

function expectReport(report: ValidationReport, expected: Expected["report"]): void {
  const written = writtenReport(report);
  const { permutations, tuning, baselines } = written;
  const found = {
    ...withoutWords(written),
    ...(permutations === undefined ? {} : { permutations: withoutWords(permutations) }),
    ...(tuning === undefined ? {} : { tuning: withoutWords(tuning) }),
    ...(baselines === undefined ? {} : { baselines: withoutRowScores(baselines) }),
    swapped: withoutWords(written.swapped),
  };
  expectLike(found, expected, "report");
}

/** Drawn by expected.py, with fewer neurons than the sample data. */
const drawn = [
  "clusters",
  "groups",
  "trainTest",
  "aloneSplit",
  "fewLabellings",
  "unshrunk",
  "tuned",
];

describe.each(["himHer", ...drawn])("%s, validated", (name) => {
  const expected = read(`${name}/expected.json`) as Expected;
  let input: GramInput;
  let report: ValidationReport;

  beforeAll(async () => {
    input = await inputOf(name);
    const { fit, options } = expected;
    report = await validateGram(input, fitOf(fit), options, quietContext({ threads: 0 }));
  });

  it("has every number of the report that numpy has", () => {
    expectReport(report, expected.report);
  });

  it("draws random directions whose ratios lie where numpy's do", () => {
    const { low, median, high } = report.directions.forward.randomDirections;
    for (const [value, [least, most]] of [
      [low, expected.randomRatios.low],
      [median, expected.randomRatios.median],
      [high, expected.randomRatios.high],
    ] as const) {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
    const swapped: DirectionReport["randomDirections"] = report.directions.swapped.randomDirections;
    expectLike(swapped, { median: 1 / median, low: 1 / high, high: 1 / low }, "swapped");
  });

  it("divides by matrices of numpy's condition numbers", () => {
    const labels = initialLabels(input.targetRows, input.referenceRows);
    const { trainRows } = expected.options;
    const isFitted = (row: number): boolean => {
      const own = row < input.targetRows ? row : row - input.targetRows;
      return trainRows === undefined || (own >= trainRows.start && own < trainRows.stop);
    };
    const train = Int32Array.from([...labels.keys()].filter(isFitted));
    const split: Split = { train, test: new Int32Array(0) };
    const reduced = reduceRows(input.gram, split, {}, new Workspace());
    const chosen = report.tuning?.chosen;
    const fit = fitOf(
      chosen === undefined ? expected.fit : { variance: chosen.share, shrinkage: chosen.shrinkage },
    );
    const { gamma, ...found } = measureConditioning({ split, reduced }, labels, fit);
    expect(gamma).toEqual({ forward: fit.shrinkage, swapped: fit.shrinkage });
    expectLike(found, expected.conditioning, "conditioning");
  });
});

describe("rows given by their coordinates", () => {
  it.each(drawn)("have the numbers that numpy has, %s", async (name) => {
    const { fit, options, report } = read(`${name}/expected.json`) as Expected;
    const { rows, names = {}, ...input } = await inputOf(name);
    if (rows === undefined) throw new Error("The rows of the case are not at hand.");
    const byRows = {
      ...input,
      rows,
      names,
      source: { kind: "coordinates" as const, rows },
      remarks: [],
    };
    const found = await validateSource(byRows, fitOf(fit), options, quietContext({ threads: 0 }));
    expectReport(found, report);
  });
});

describe("a direction on other rows", () => {
  const { target, reference, seed, cases } = read("clusters/transfer.json") as ExpectedTransfer;

  it.each(cases)(
    "is scored as numpy scores it, carrying the $carries",
    async ({ carries, upright, permutations, report }) => {
      const { gram, names = {} } = await inputOf("clusters");
      const labels = initialLabels(target.length, reference.length);
      const design = findDesign({ kind: "gram", gram }, labels, names, allStructure, seed);
      const projections = {
        target: Float64Array.from(target),
        reference: Float64Array.from(reference),
      };
      const found = transferDirection(
        { ...projections, carries, upright, design },
        { permutations, seed },
      );
      expectLike({ ...found, score: writtenVariances(found.score) }, report, "transfer");
    },
  );
});
