import { matrix, type Matrix } from "../../linalg/matrix.ts";
import type { Products } from "../../linalg/products.ts";
import type { BootstrapFit } from "./stability/bootstrap.ts";
import { cutScree } from "../method/cut.ts";
import { reasonOf } from "./evaluateSplit.ts";
import { statisticCount, type PreparedSplit } from "./permutation/statistics.ts";
import { unitName } from "./design/units.ts";
import { gridAxes, gridReport } from "./grid/gridReport.ts";
import { fitReduced } from "../reduced/fitReduced.ts";
import { neuronSign } from "./neuronSign.ts";
import type { ProgressClock } from "./tasks/progressClock.ts";
import { LearningCurve } from "./learningCurve.ts";
import { rowCoefficients } from "../reduced/reduceRows.ts";
import { countRows } from "../reduced/rowSource.ts";
import { Workspace } from "../../linalg/small/workspace.ts";
import { estimateShrinkage, type ShrinkageEstimates } from "../method/shrinkageEstimators.ts";
import { stabilityReport } from "./stability/stability.ts";
import type { TaskPool } from "./tasks/taskPool.ts";
import type { ReducedSplit, Task, TaskResult } from "./tasks/task.ts";
import type { ValidationState } from "./validationState.ts";

/** Bootstrap resamples. */
export const resamples = 200;
/** Components whose span is compared between resamples. */
const comparedComponents = 3;

/** Statistics of the observed labelling and of each permutation, streamed into the state. */
export async function addPermutations(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
): Promise<void> {
  const { permutations, problem } = state;
  if (problem.permutation === undefined || permutations.requested === 0) return;
  const width = statisticCount(problem.layout.components);
  const tasks: Extract<Task, { kind: "permutation" }>[] = [
    { kind: "permutation", start: -1, stop: 0 },
  ];
  // Small pieces: enough that every thread is busy to the end and the histogram fills smoothly.
  const piece = Math.max(1, Math.min(10, Math.floor(1000 / problem.labels.length)));
  for (let start = 0; start < permutations.requested; start += piece) {
    const stop = Math.min(permutations.requested, start + piece);
    tasks.push({ kind: "permutation", start, stop });
  }
  clock.begin("permutations");
  clock.plan("permutations", 1 + permutations.requested);
  await attempt(state, "Permutations", pool, tasks, (index, result) => {
    if (result.kind !== "permutation") return;
    const { start, stop } = tasks[index];
    for (let i = start; i < stop; i += 1) {
      const values = result.statistics.slice((i - start) * width, (i - start + 1) * width);
      if (i < 0) permutations.observed = values;
      else permutations.permuted[i] = values;
    }
    clock.done("permutations", stop - start);
    clock.report("Validating: permuted labels");
  });
}

/** Held-out ratio over shrinkage and share, and the analytic shrinkages beside it. */
export async function addGrid(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
  repeats: readonly (readonly ReducedSplit[])[],
  whole: PreparedSplit,
): Promise<void> {
  const axes = gridAxes(state.problem.options);
  const tasks = repeats.flatMap((folds, repeat) =>
    folds.map((_, fold) => ({ kind: "grid" as const, repeat, fold, axes })),
  );
  if (tasks.length === 0) {
    state.omitted.push("Shrinkage x share: without held-out rows there is nothing to choose by.");
    return;
  }
  clock.begin("grid");
  clock.plan("grid", tasks.length);
  const squares: Float64Array[][] = repeats.map(() => []);
  const done = await attempt(state, "Shrinkage x share", pool, tasks, (index, result) => {
    const task = tasks[index];
    if (result.kind !== "grid") return;
    squares[task.repeat][task.fold] = result.squares;
    clock.done("grid");
    clock.report("Validating: shrinkage and share");
  });
  if (!done) return;
  const { components, estimates } = onAllRows(state, whole, axes.shares);
  state.grid = gridReport(axes, squares, components, estimates);
}

/** Bootstrap of component 1, by neuron where the rows are at hand. */
export async function addStability(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
  whole: PreparedSplit,
  rows: Matrix | undefined,
  products: Products,
): Promise<void> {
  const found = state.whole.eigenvalues.forward.length;
  const { directions } = state.whole;
  const first = directions.values.subarray(0, directions.columns);
  const sign = rows === undefined ? 1 : neuronSign(whole, first, rows, products);
  const observed = observedCoefficients(state, whole, Math.min(comparedComponents, found), sign);
  const bootstrap = { observed, rows: whole.split.train };
  const tasks = Array.from({ length: resamples }, (_, index): Task => ({
    kind: "resample",
    index,
    bootstrap,
  }));
  clock.begin("resamples");
  clock.plan("resamples", tasks.length);
  const fits: BootstrapFit[] = [];
  const failures: string[] = [];
  await pool.run(
    tasks,
    (index, result) => {
      if (result.kind !== "resample") return;
      fits[index] = result.fit;
      clock.done("resamples");
      clock.report("Validating: bootstrap");
    },
    (_index, thrown) => failures.push(reasonOf(thrown)),
  );
  const kept = fits.filter((fit) => fit !== undefined);
  if (failures.length > 0) {
    state.omitted.push(
      `Stability: ${failures.length} of ${resamples} resamples could not be fitted (${failures[0]})`,
    );
  }
  if (kept.length < resamples / 2) return;
  const coefficients = observed.values.subarray(0, observed.columns);
  const { seed } = state.problem;
  state.stability = stabilityReport(kept, coefficients, observed.rows, seed, rows, products);
}

/** Held-out ratio of both directions against the number of rows, streamed into the state. */
export async function addLearningCurve(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
): Promise<void> {
  const { scheme, problem } = state;
  const omit = (reason: string) => state.omitted.push(`Learning curve: ${reason}`);
  if (scheme.kind === "trainTest") {
    omit("it is drawn by cross-validation, not by one train/test split.");
    return;
  }
  if (state.heldOut[0].length === 0) {
    omit("without held-out rows there is none.");
    return;
  }
  const curve = new LearningCurve(problem, scheme.folds, state.heldOut);
  if (curve.measured < 2) {
    omit(
      `${problem.units.members.length} ${unitName(problem.units.kind)} are too few to leave some out and have ${scheme.folds} folds; add rows.`,
    );
    clock.plan("learning", 0);
    return;
  }
  const { tasks } = curve;
  const failures: string[] = [];
  clock.begin("learning");
  clock.plan("learning", tasks.length);
  await pool.run(
    tasks,
    (index, result) => {
      if (result.kind !== "learning") return;
      curve.add(index, result.logarithms);
      state.learningCurve = curve.points();
      clock.done("learning");
      clock.report("Validating: learning curve");
    },
    (_index, thrown) => failures.push(reasonOf(thrown)),
  );
  if (failures.length > 0) {
    omit(`${failures.length} of ${tasks.length} draws could not be fitted (${failures[0]})`);
  }
  state.learningCurve = curve.points();
  clock.report("Validating: learning curve", true);
}

/** Runs tasks of which none may fail; a failure becomes a line in `omitted`. */
async function attempt(
  state: ValidationState,
  part: string,
  pool: TaskPool,
  tasks: readonly Task[],
  onResult: (index: number, result: TaskResult) => void,
): Promise<boolean> {
  try {
    await pool.run(tasks, onResult);
    return true;
  } catch (thrown) {
    state.omitted.push(`${part}: ${reasonOf(thrown)}`);
    return false;
  }
}

/** k of each share, and the analytic shrinkages of the reference in the kept components. */
function onAllRows(
  state: ValidationState,
  whole: PreparedSplit,
  shares: readonly number[],
): { components: number[]; estimates: ShrinkageEstimates } {
  const { labels, options } = state.problem;
  const workspace = new Workspace();
  const own = Uint8Array.from(whole.split.train, (row) => labels[row]);
  const fit = fitReduced(whole.reduced, own, options, 1, workspace);
  const { reference, rows, compression } = fit;
  const k = compression.components;
  const values = rows.scores("reference").slice(0, reference.rows * k);
  const components = shares.map(
    (share) => cutScree(compression.eigenvalues, compression.total, share).components,
  );
  return { components, estimates: estimateShrinkage(matrix(reference.rows, k, values)) };
}

/** [m, N]: the first components as sums of rows, times a sign. */
function observedCoefficients(
  state: ValidationState,
  whole: PreparedSplit,
  m: number,
  sign: number,
): Matrix {
  const n = countRows(state.problem.source);
  const observed = matrix(m, n);
  const { directions } = state.whole;
  for (let c = 0; c < m; c += 1) {
    const direction = directions.values.subarray(
      c * directions.columns,
      (c + 1) * directions.columns,
    );
    rowCoefficients(whole.reduced, direction).forEach((value, i) => {
      observed.values[c * n + whole.split.train[i]] = sign * value;
    });
  }
  return observed;
}
