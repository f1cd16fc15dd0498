import { mostComponents } from "../method/keep.ts";
import { EigenlensError } from "../../errors.ts";
import { matrix, type Matrix } from "../../linalg/matrix.ts";
import { directionNames, ofDirections } from "../method/directions.ts";
import type { FitOptions } from "../reduced/fitReduced.ts";
import type { Split } from "../reduced/reduceRows.ts";
import { countRows, type RowSource } from "../reduced/rowSource.ts";
import { assembleReport } from "./reporting/assembleReport.ts";
import { measureConditioning } from "./scale/conditioning.ts";
import { allStructure, findDesign } from "./design/design.ts";
import { rowsToCompare } from "./design/distances.ts";
import { acrossSplit } from "./design/acrossSplit.ts";
import { countedRows, initialLabels } from "./design/units.ts";
import {
  componentRow,
  linearDiscriminantDirection,
  meanDifferenceDirection,
  reasonOf,
  type SplitEvaluation,
} from "./scores/evaluateSplit.ts";
import { addGrid, addLearningCurve, addPermutations } from "./extensions.ts";
import { HeldOutScoreSums, scoredComponents } from "./scores/heldOutScores.ts";
import type { GramInput, ValidationContext, ValidationInput } from "./input.ts";
import { learningShares, subsetDraws } from "./learningCurve.ts";
import { checkValidationOptions, type ValidationOptions } from "./options.ts";
import { neuronSign } from "./scores/neuronSign.ts";
import { largestNeuron } from "./scale/largestNeuron.ts";
import { leastForInterval } from "./permutation/interval.ts";
import { addSecondFit } from "./permutation/secondFit.ts";
import { labellingFingerprint, planPermutation } from "./permutation/permuteLabels.ts";
import type { ValidationReport } from "./report.ts";
import { measureScale } from "./scale/scale.ts";
import { orOmitted, planRepeats, schemeOf, trainingRows } from "./scheme.ts";
import { addStability, stabilityFits } from "./stability/addStability.ts";
import { labelledProjections } from "./scores/scoreOutcomes.ts";
import { ProgressClock } from "./tasks/progressClock.ts";
import { openPool, type TaskPool } from "./tasks/taskPool.ts";
import type { ReducedSplit, Task, TaskResult, ValidationProblem } from "./tasks/task.ts";
import { sharedValues } from "./tasks/tasks.ts";
import { chosenOptions } from "./tuning/choose.ts";
import { tuneObserved } from "./tuning/tuneObserved.ts";
import type { ValidationState } from "./validationState.ts";

/** How many components of each direction are scored. */
const reportedComponents = 5;

/**
 * What of a separation survives: held out (repeated cross-validation, or a given train/test split), under
 * permuted labels, and, if `extended`, over shrinkage and share and under resampling. Everything is
 * computed from the rows' inner products; nothing costs time in D.
 *
 * Parts that cannot be computed become lines in `omitted`. The same seed gives the same report, whatever the
 * number of threads.
 * @throws EigenlensError if not even the fit on all rows is possible, or an option has no meaning;
 *   CancelledError
 */
export function validateGram(
  input: GramInput,
  fit: FitOptions,
  options: ValidationOptions,
  context: ValidationContext,
): Promise<ValidationReport> {
  const source: RowSource = { kind: "gram", gram: input.gram };
  const names = input.names ?? {};
  return validateSource({ ...input, source, names, remarks: [] }, fit, options, context);
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
  context.report({ step: "Validating: which rows depend on each other" });
  const found = findDesign(
    rowsToCompare(input.source, context.products),
    labels,
    input.names,
    options.structure ?? allStructure,
    options.seed,
    () => context.cancellation.throwIfRequested(),
  );
  const { units } = found;
  const omitted: string[] = [...found.notes];
  const { repeats, folds } = planRepeats(labels, units, input, options, omitted);
  const split = options.trainRows === undefined ? undefined : repeats[0]?.[0];
  const design = split === undefined ? found : acrossSplit(found, split, omitted);
  const permutation = orOmitted(omitted, "Permutations", () =>
    options.permutations === 0 ? undefined : planPermutation(labels, units, split),
  );
  const asked: ValidationProblem = {
    source: onSharedMemory(input.source),
    labels,
    units,
    options: fit,
    layout: { components: Math.min(reportedComponents, mostComponents(fit.keep)) },
    seed: options.seed,
    ...(permutation === undefined ? {} : { permutation }),
  };
  const tuned =
    options.tuning === undefined
      ? undefined
      : await tuneObserved(asked, options.tuning.mostShare, repeats, context);
  const fitted = tuned && chosenOptions(tuned.axes, tuned.choices);
  const problem = fitted === undefined ? asked : { ...asked, options: fitted.whole };
  const pool = await openPool(problem, context);
  try {
    const wholeSplit = { train: trainingRows(labels, options, repeats), test: new Int32Array(0) };
    const whole = await evaluateWhole(pool, wholeSplit);
    const { evaluation, prepared } = whole;
    const standsFor =
      split === undefined ? countedRows(labels, units) : Int32Array.from(labels.keys());
    const scoreSums = (direction: number): HeldOutScoreSums => {
      const { columns, values } = evaluation.directions;
      const own = values.subarray(direction * columns, (direction + 1) * columns);
      const sign =
        input.rows === undefined
          ? 1
          : neuronSign(prepared.plain, own, input.rows, context.products);
      return new HeldOutScoreSums(direction, evaluation, labels, sign, standsFor);
    };
    // Baselines point from reference to target in every fold.
    const baseline = (direction: number): HeldOutScoreSums =>
      new HeldOutScoreSums(direction, evaluation, labels, 1, standsFor, "middle");
    const state: ValidationState = {
      problem,
      scheme: schemeOf(options, units, folds),
      design,
      scale: measureScale(prepared.plain, labels, options.seed),
      facts: {
        conditioning: measureConditioning(prepared.plain, labels, problem.options),
        ...(input.rows === undefined ? {} : { largestNeuron: largestNeuron(input.rows, labels) }),
      },
      started,
      whole: evaluation,
      heldOut: Array.from({ length: evaluation.directions.rows }, () => []),
      heldOutScores: ofDirections((direction) =>
        Array.from(
          {
            length: scoredComponents(
              evaluation.eigenvalues[direction].length,
              countRows(input.source),
            ),
          },
          (_, c) => scoreSums(componentRow(problem.layout, direction, c)),
        ),
      ),
      baselineScores: {
        meanDifference: baseline(meanDifferenceDirection(problem.layout)),
        linearDiscriminant: baseline(linearDiscriminantDirection(problem.layout)),
      },
      scores: new Map(),
      permutations: {
        requested: options.permutations,
        sequential: options.sequential ?? false,
        ended: false,
        permuted: [],
      },
      ...(permutation === undefined
        ? {}
        : { labelling: labellingFingerprint(labels, permutation, options.seed) }),
      ...(tuned === undefined ? {} : { tuning: tuned.report }),
      tuningSeconds: tuned?.seconds ?? 0,
      warnings: [
        ...input.remarks.map((text) => ({ code: "approximation" as const, text })),
        ...design.warnings,
      ],
      omitted,
    };
    const clock = new ProgressClock(context, () => assembleReport(state));
    const splits = repeats.flat().length;
    clock.plan("splits", splits);
    const labellings = permutation === undefined ? 0 : options.permutations;
    clock.plan("permutations", labellings);
    clock.plan("second", options.secondShrinkage === undefined ? 0 : labellings);
    clock.plan("grid", options.extended ? splits : 0);
    clock.plan("resamples", options.extended ? stabilityFits(labellings) : 0);
    clock.plan("learning", options.extended ? learningShares.length * subsetDraws : 0);
    if (splits > 1 && (permutation === undefined || options.permutations < leastForInterval)) {
      omitted.push(
        `Interval of the held-out ratio: its width is taken from permuted labels, which needs at least ${leastForInterval} permutations.`,
      );
    }
    const reduced = await evaluateRepeats(pool, repeats, fitted?.fold, state, clock);
    pool.prepare({
      whole: prepared,
      repeats: reduced,
      ...(tuned === undefined || reduced.length === 0
        ? {}
        : { tuning: { axes: tuned.axes, pairs: tuned.pairs } }),
    });
    await addPermutations(pool, state, clock);
    if (options.secondShrinkage !== undefined) {
      await addSecondFit(pool, state, clock, options.secondShrinkage);
    }
    if (options.extended) {
      await addGrid(pool, state, clock, reduced, prepared.plain);
      await addStability(pool, state, clock, prepared.plain, input.rows, context.products);
      await addLearningCurve(pool, state, clock);
    }
    return assembleReport(state);
  } finally {
    await pool.dispose();
  }
}

async function evaluateWhole(
  pool: TaskPool,
  split: Split,
): Promise<{ evaluation: SplitEvaluation; prepared: ReducedSplit }> {
  let found: { evaluation: SplitEvaluation; prepared: ReducedSplit } | undefined;
  await pool.run([{ kind: "split", split }], (_index, result) => {
    if (result.kind === "split") found = result;
  });
  if (found === undefined) throw new Error("The fit on all rows came back without its rows.");
  return found;
}

/** Evaluates all splits, repeat by repeat; a split that fails leaves nothing held out. */
async function evaluateRepeats(
  pool: TaskPool,
  repeats: readonly (readonly Split[])[],
  optionsOf: ((repeat: number, fold: number) => FitOptions) | undefined,
  state: ValidationState,
  clock: ProgressClock,
): Promise<ReducedSplit[][]> {
  const prepared: ReducedSplit[][] = [];
  clock.begin("splits");
  for (const [repeat, splits] of repeats.entries()) {
    const results: (Extract<TaskResult, { kind: "split" }> | undefined)[] = [];
    let failure: string | undefined;
    await pool.run(
      splits.map((split, fold): Task => {
        const options = optionsOf?.(repeat, fold);
        return { kind: "split", split, ...(options === undefined ? {} : { options }) };
      }),
      (index, result) => {
        if (result.kind === "split") results[index] = result;
        clock.done("splits");
      },
      (_index, thrown) => {
        failure ??= reasonOf(thrown);
      },
    );
    const known = results.filter((result) => result !== undefined);
    if (failure !== undefined || known.length < splits.length) {
      state.omitted.push(`Held-out scores: ${failure ?? "a split came back without its scores"}`);
      for (const parts of state.heldOut) parts.length = 0;
      return [];
    }
    state.heldOut.forEach((parts, direction) => {
      parts.push(
        known.map(({ evaluation }) =>
          labelledProjections(evaluation.heldOut, direction, state.problem.labels),
        ),
      );
    });
    for (const { evaluation } of known) {
      for (const direction of directionNames) {
        for (const sums of state.heldOutScores[direction]) sums.add(evaluation);
      }
      for (const sums of Object.values(state.baselineScores)) sums.add(evaluation);
    }
    prepared.push(known.map((result) => result.prepared));
    const what = state.scheme.kind === "trainTest" ? "held-out rows" : "cross-validation";
    clock.report(`Validating: ${what}, ${repeat + 1} of ${repeats.length}`, repeat === 0);
  }
  return prepared;
}

/** The same values on memory that threads see without a copy. */
function onSharedMemory(source: RowSource): RowSource {
  const share = (a: Matrix): Matrix => matrix(a.rows, a.columns, sharedValues(a.values));
  return source.kind === "gram"
    ? { kind: "gram", gram: share(source.gram) }
    : { kind: "coordinates", rows: share(source.rows) };
}

/** @throws EigenlensError "usage" if the rows do not fit the conditions */
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
