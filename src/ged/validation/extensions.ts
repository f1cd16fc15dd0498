import { cutScree } from "../method/cut.ts";
import { reasonOf } from "./scores/evaluateSplit.ts";
import { statisticCount } from "./permutation/statistics.ts";
import type { PreparedSplit } from "../reduced/reduceRows.ts";
import { isDecided, permutationsBetweenLooks } from "./permutation/stopping.ts";
import { unitName } from "./design/units.ts";
import { gridAxes, gridReport, type ShrinkageEstimates } from "./grid/gridReport.ts";
import { fitReduced } from "../reduced/fitReduced.ts";
import { shapeOfRows } from "../reduced/shapeOfRows.ts";
import type { ProgressClock } from "./tasks/progressClock.ts";
import { LearningCurve } from "./learningCurve.ts";
import { Workspace } from "../../linalg/small/workspace.ts";
import { resolveShrinkage, type Shrinkage } from "../method/shrinkage/shrinkage.ts";
import type { TaskPool } from "./tasks/taskPool.ts";
import type { ReducedSplit, Task, TaskResult } from "./tasks/task.ts";
import type { ValidationState } from "./validationState.ts";

/** Statistics of the observed labelling and of each permutation, streamed into the state. */
export async function addPermutations(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
): Promise<void> {
  const { permutations, problem } = state;
  if (problem.permutation === undefined || permutations.requested === 0) return;
  const { requested, sequential, permuted } = permutations;
  clock.begin("permutations");
  clock.plan("permutations", 1 + requested);
  if (!(await addStatistics(pool, state, clock, -1, 0))) return;
  const step = sequential ? permutationsBetweenLooks : requested;
  for (let start = 0; start < requested; start += step) {
    const stop = Math.min(requested, start + step);
    if (!(await addStatistics(pool, state, clock, start, stop))) return;
    const { observed } = permutations;
    if (!sequential || stop === requested || observed === undefined) continue;
    const known = permuted.filter((values) => values !== undefined);
    const holdsOut = state.heldOut[0].length > 0;
    if (!isDecided(observed, known, problem.layout.components, holdsOut)) continue;
    permutations.ended = true;
    clock.plan("permutations", 1 + stop);
    break;
  }
}

/** Statistics of permutations `start` to `stop` (exclusive); -1 is the observed labelling. */
async function addStatistics(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
  start: number,
  stop: number,
): Promise<boolean> {
  const { permutations, problem } = state;
  const width = statisticCount(problem.layout.components);
  // Small pieces: enough that every thread is busy to the end and the histogram fills smoothly.
  const piece = Math.max(1, Math.min(10, Math.floor(1000 / problem.labels.length)));
  const tasks: Extract<Task, { kind: "permutation" }>[] = [];
  for (let from = start; from < stop; from += piece) {
    tasks.push({ kind: "permutation", start: from, stop: Math.min(stop, from + piece) });
  }
  return attempt(state, "Permutations", pool, tasks, (index, result) => {
    if (result.kind !== "permutation") return;
    const task = tasks[index];
    state.tuningSeconds += result.tuningSeconds;
    for (let i = task.start; i < task.stop; i += 1) {
      const at = (i - task.start) * width;
      const values = result.statistics.slice(at, at + width);
      if (i < 0) permutations.observed = values;
      else permutations.permuted[i] = values;
    }
    clock.done("permutations", task.stop - task.start);
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
  if (state.tuning !== undefined) {
    omit(
      "with shrinkage and share chosen in every fold, each of its draws would need choices of its own.",
    );
    clock.plan("learning", 0);
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
  state: Pick<ValidationState, "omitted">,
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
  const { rows, compression } = fit;
  const components = shares.map(
    (share) => cutScree(compression.eigenvalues, compression.total, { share }).components,
  );
  const estimate = (by: Shrinkage) =>
    resolveShrinkage(by, () => shapeOfRows(rows, "reference", compression.components));
  return {
    components,
    estimates: { ledoitWolf: estimate("ledoit-wolf"), oracleApproximating: estimate("oas") },
  };
}
