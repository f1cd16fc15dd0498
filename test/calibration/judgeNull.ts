import { Cancellation } from "../../src/cancellation.ts";
import { createScriptProducts } from "../../src/linalg/engines/scriptProducts.ts";
import { matrix } from "../../src/linalg/matrix.ts";
import type { DirectionReport, ValidationReport } from "../../src/ged/validation/report.ts";
import { validateRows } from "../../src/ged/validation/validateRows.ts";
import type { NullData } from "./nulls.ts";

export interface NullEffort {
  readonly repeats: number;
  readonly permutations: number;
  /** Whether resamples and grid are added. */
  readonly extended?: boolean;
  readonly threads?: number;
  readonly threadFile?: string;
}

/** Validates one data set as a run does by default. */
export function validateNull(
  { rows, targetRows, referenceRows, names }: NullData,
  seed: number,
  effort: NullEffort,
): Promise<ValidationReport> {
  const { threads, threadFile } = effort;
  return validateRows(
    { rows: centred(rows.rows, rows.columns, rows.values), targetRows, referenceRows, names },
    { keep: { share: 0.99 }, shrinkage: 0.01 },
    {
      folds: 5,
      repeats: effort.repeats,
      permutations: effort.permutations,
      seed,
      extended: effort.extended ?? false,
    },
    {
      cancellation: new Cancellation(),
      products: createScriptProducts(),
      ...(threads === undefined ? {} : { threads }),
      ...(threadFile === undefined ? {} : { threadFile }),
      report: () => undefined,
    },
  );
}

/** About the grand mean, as rows are read. */
function centred(rows: number, columns: number, values: Float64Array) {
  const x = matrix(rows, columns, values.slice());
  for (let j = 0; j < columns; j += 1) {
    let mean = 0;
    for (let i = 0; i < rows; i += 1) mean += x.values[i * columns + j] / rows;
    for (let i = 0; i < rows; i += 1) x.values[i * columns + j] -= mean;
  }
  return x;
}

/** What one direction of one data set says. */
export interface NullVerdict {
  readonly p: number;
  readonly covers: boolean;
  readonly holds: boolean;
}

/** @throws Error if the report lacks a p or an interval */
export function readVerdict(direction: DirectionReport, omitted: readonly string[]): NullVerdict {
  const { permutation, heldOutRatioInterval: interval, verdict } = direction;
  if (!permutation?.heldOut || interval === undefined) {
    throw new Error(`No held-out null: ${omitted.join(" ")}`);
  }
  return {
    p: permutation.heldOut.p,
    covers: interval.low <= 1 && interval.high >= 1,
    holds: verdict === "holds",
  };
}
