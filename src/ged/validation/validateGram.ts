import { availableParallelism } from "node:os";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { EigenlensError } from "../../errors.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { ValidationReport, ValidationScheme } from "./report.ts";
import { assembleReport } from "./assembleReport.ts";
import { reasonOf, type SplitEvaluation } from "./evaluateSplit.ts";
import { planExchange } from "./permutation/exchange.ts";
import type { PreparedSplit } from "./permutation/exchangeStatistics.ts";
import { leastForInterval } from "./permutation/exchangeInterval.ts";
import { addGrid, addPermutations, addStability, resamples } from "./extensions.ts";
import type { FitOptions } from "../reduced/fitReduced.ts";
import type { GramInput, ValidationContext, ValidationInput } from "./input.ts";
import { checkValidationOptions, type ValidationOptions } from "./options.ts";
import { ProgressClock } from "./tasks/progressClock.ts";
import type { Split } from "../reduced/reduceRows.ts";
import { countRows, type RowSource } from "../reduced/rowSource.ts";
import { labelledProjections } from "./scoreOutcomes.ts";
import { crossValidationSplits, trainTestSplit } from "./design/splits.ts";
import { openTaskPool, type TaskPool } from "./tasks/taskPool.ts";
import type { Task, ValidationProblem } from "./tasks/tasks.ts";
import { findUnits, initialLabels, type Units } from "./design/units.ts";
import { describeUnnamedPairs } from "./design/unnamedPairs.ts";
import type { ValidationState } from "./validationState.ts";

/** How many components of each direction are scored. */
const reportedComponents = 5;

/**
 * What of a separation survives: held out (repeated cross-validation, or a given train/test split), under
 * exchanged labels, and, where `extended`, over shrinkage and share and under resampling. Everything is
 * computed from the rows' inner products; nothing costs time in D.
 *
 * Parts that cannot be computed become lines in `omitted`. The same seed gives the same report, whatever the
 * number of threads.
 * @throws EigenlensError where not even the fit on all rows is possible, or an option has no meaning;
 *   CancelledError
 */
export function validateGram(
  input: GramInput,
  fit: FitOptions,
  options: ValidationOptions,
  context: ValidationContext,
): Promise<ValidationReport> {
  const source: RowSource = { kind: "gram", gram: input.gram };
  return validateSource({ ...input, source, remarks: [] }, fit, options, context);
}

/** {@link validateGram} for rows in either form. */
export async function validateSource(
  input: ValidationInput,
  fit: FitOptions,
  options: ValidationOptions,
  context: ValidationContext,
): Promise<ValidationReport> {
  checkValidationOptions(options);
  checkRows(input);
  const started = performance.now();
  const labels = initialLabels(input.targetRows, input.referenceRows);
  const units = findUnits(labels, input.groups);
  const omitted: string[] = [];
  const repeats = planRepeats(labels, units, input, options, omitted);
  const exchange = orOmitted(omitted, "Permutations", () =>
    options.permutations === 0 ? undefined : planExchange(labels, units, repeats[0] ?? []),
  );
  const problem: ValidationProblem = {
    source: onSharedMemory(input.source),
    labels,
    units,
    options: fit,
    layout: { components: Math.min(reportedComponents, fit.components ?? Infinity) },
    seed: options.seed,
    ...(exchange === undefined ? {} : { exchange }),
  };
  const pool = await openTaskPool(
    problem,
    context.cancellation,
    context.threads ?? availableParallelism(),
    context.threadFile ?? bundledThread(),
  );
  try {
    const wholeSplit = { train: trainingRows(labels, options, repeats), test: new Int32Array(0) };
    const whole = await evaluateWhole(pool, wholeSplit);
    const state: ValidationState = {
      problem,
      scheme: schemeOf(options, units),
      started,
      whole: whole.evaluation,
      heldOut: Array.from({ length: whole.evaluation.directions.rows }, () => []),
      scores: new Map(),
      permutations: { requested: options.permutations, first: [], second: [] },
      warnings: [
        ...input.remarks,
        ...describeUnits(units, labels),
        ...describeUnnamedPairs(input.source, units, input.targetRows, input.referenceRows),
      ],
      omitted,
    };
    const clock = new ProgressClock(context, () => assembleReport(state));
    const splits = repeats.flat().length;
    clock.plan("splits", splits);
    clock.plan("permutations", exchange === undefined ? 0 : options.permutations);
    clock.plan("grid", options.extended ? repeats.slice(0, keptRepeats).flat().length : 0);
    clock.plan("resamples", options.extended ? resamples : 0);
    if (splits > 1 && (exchange === undefined || options.permutations < leastForInterval)) {
      omitted.push(
        `Interval of the held-out ratio: its width is taken from label exchange, which needs at least ${leastForInterval} permutations.`,
      );
    }
    const prepared = await evaluateRepeats(pool, repeats, state, clock);
    pool.prepare({ whole: whole.prepared, repeats: prepared });
    await addPermutations(pool, state, clock, prepared.length);
    if (options.extended) {
      await addGrid(pool, state, clock, prepared, whole.prepared);
      await addStability(pool, state, clock, whole.prepared, input.rows, context.products);
    }
    return assembleReport(state);
  } finally {
    await pool.dispose();
  }
}

/** The splits of each repeat; none, with a line that says why, where the rows do not allow them. */
function planRepeats(
  labels: Uint8Array,
  units: Units,
  input: ValidationInput,
  options: ValidationOptions,
  omitted: string[],
): Split[][] {
  const { trainRows, testRows } = options;
  if (trainRows !== undefined && testRows !== undefined) {
    return [[trainTestSplit(input.targetRows, input.referenceRows, trainRows, testRows)]];
  }
  return (
    orOmitted(omitted, "Held-out scores", () =>
      Array.from({ length: options.repeats }, (_, repeat) =>
        crossValidationSplits(labels, units, options.folds, options.seed, repeat),
      ),
    ) ?? []
  );
}

function orOmitted<T>(omitted: string[], part: string, make: () => T): T | undefined {
  try {
    return make();
  } catch (thrown) {
    omitted.push(`${part}: ${reasonOf(thrown)}`);
    return undefined;
  }
}

/** All rows, or the training rows of the one train/test split. */
function trainingRows(
  labels: Uint8Array,
  options: ValidationOptions,
  repeats: readonly (readonly Split[])[],
): Int32Array {
  return options.trainRows === undefined ? Int32Array.from(labels.keys()) : repeats[0][0].train;
}

function schemeOf(options: ValidationOptions, units: Units): ValidationScheme {
  const { trainRows, testRows, folds, repeats, seed } = options;
  return trainRows !== undefined && testRows !== undefined
    ? { kind: "trainTest", trainRows, testRows }
    : { kind: "crossValidation", folds, repeats, seed, grouping: units.kind };
}

function describeUnits(units: Units, labels: Uint8Array): string[] {
  if (units.kind !== "groups") return [];
  const alone = units.members
    .filter((rows) => new Set(rows.map((row) => labels[row])).size === 1)
    .reduce((sum, rows) => sum + rows.length, 0);
  if (alone === 0) return [];
  return [
    `${alone} of ${labels.length} rows have no partner in the other condition: they are fitted and tested on, but keep their labels when labels are exchanged.`,
  ];
}

async function evaluateWhole(
  pool: TaskPool,
  split: Split,
): Promise<{ evaluation: SplitEvaluation; prepared: PreparedSplit }> {
  let found: { evaluation: SplitEvaluation; prepared: PreparedSplit } | undefined;
  await pool.run([{ kind: "split", split, keep: true }], (_index, result) => {
    if (result.kind === "split" && result.prepared !== undefined) {
      found = { evaluation: result.evaluation, prepared: result.prepared };
    }
  });
  if (found === undefined) throw new Error("The fit on all rows came back without its rows.");
  return found;
}

/** Two repeats are kept for permutations: the second tells how much the choice of folds matters. */
const keptRepeats = 2;

/** Evaluates all splits, a repeat at a time; a split that fails leaves nothing held out. */
async function evaluateRepeats(
  pool: TaskPool,
  repeats: readonly (readonly Split[])[],
  state: ValidationState,
  clock: ProgressClock,
): Promise<PreparedSplit[][]> {
  const prepared: PreparedSplit[][] = [];
  clock.begin("splits");
  for (const [repeat, splits] of repeats.entries()) {
    const keep = repeat < keptRepeats;
    const tasks = splits.map((split): Task => ({ kind: "split", split, keep }));
    const own: (PreparedSplit | undefined)[] = [];
    const evaluations: (SplitEvaluation | undefined)[] = [];
    let failure: string | undefined;
    await pool.run(
      tasks,
      (index, result) => {
        if (result.kind !== "split") return;
        evaluations[index] = result.evaluation;
        own[index] = result.prepared;
        clock.done("splits");
      },
      (_index, thrown) => {
        failure ??= reasonOf(thrown);
      },
    );
    if (failure !== undefined) {
      state.omitted.push(`Held-out scores: ${failure}`);
      for (const parts of state.heldOut) parts.length = 0;
      return [];
    }
    for (const evaluation of evaluations) {
      if (evaluation === undefined) continue;
      state.heldOut.forEach((parts, direction) => {
        parts.push(labelledProjections(evaluation.heldOut, direction, state.problem.labels));
      });
    }
    if (keep) prepared.push(own.filter((split) => split !== undefined));
    const what = state.scheme.kind === "trainTest" ? "held-out rows" : "cross-validation";
    clock.report(`Validating: ${what}, ${repeat + 1} of ${repeats.length}`, repeat === 0);
  }
  return prepared;
}

/** The same values on memory that threads see without a copy. */
function onSharedMemory(source: RowSource): RowSource {
  const share = (a: Matrix): Matrix => {
    const values = new Float64Array(new SharedArrayBuffer(a.values.byteLength));
    values.set(a.values);
    return matrix(a.rows, a.columns, values);
  };
  return source.kind === "gram"
    ? { kind: "gram", gram: share(source.gram) }
    : { kind: "coordinates", rows: share(source.rows) };
}

/** `validation-thread.js` beside the running bundle; undefined where there is none (unbundled code). */
function bundledThread(): string | undefined {
  if (typeof __dirname === "undefined") return undefined;
  const file = join(__dirname, "validation-thread.js");
  return existsSync(file) ? file : undefined;
}

/** @throws EigenlensError "usage" where the rows do not fit the conditions */
function checkRows(input: ValidationInput): void {
  const { source } = input;
  const rows = input.targetRows + input.referenceRows;
  const square = source.kind !== "gram" || source.gram.columns === rows;
  if (countRows(source) === rows && square) return;
  throw new EigenlensError(
    "usage",
    `A validation of ${input.targetRows} + ${input.referenceRows} rows was given ${countRows(source)}.`,
  );
}
