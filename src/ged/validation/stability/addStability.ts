import type { Products } from "../../../linalg/products.ts";
import { matrix, type Matrix } from "../../../linalg/matrix.ts";
import { ofDirections, type DirectionName } from "../../method/directions.ts";
import { rowCoefficients, type PreparedSplit } from "../../reduced/reduceRows.ts";
import { countRows } from "../../reduced/rowSource.ts";
import { componentP } from "../reporting/againstPermutations.ts";
import { componentRow, reasonOf } from "../scores/evaluateSplit.ts";
import { neuronSign } from "../scores/neuronSign.ts";
import type { ProgressClock } from "../tasks/progressClock.ts";
import type { TaskPool } from "../tasks/taskPool.ts";
import type { Task, TaskResult } from "../tasks/task.ts";
import type { ValidationState } from "../validationState.ts";
import type { BootstrapProblem } from "./bootstrap.ts";
import { carriedLabel, spreadOut, structureCoefficients, type RowSums } from "./rowSums.ts";
import { stabilityReport } from "./stability.ts";

/** Bootstrap resamples, as many again with permuted labels, and as many permutations at the most. */
export const resamples = 200;
/** Components whose span is compared between resamples. */
const comparedComponents = 3;

/** How many fits {@link addStability} makes. */
export function stabilityFits(permutations: number): number {
  return permutations === 0 ? resamples : 2 * resamples + Math.min(resamples, permutations);
}

/** Bootstrap of component 1 of both directions, by neuron if the rows are at hand. */
export async function addStability(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
  whole: PreparedSplit,
  rows: Matrix | undefined,
  products: Products,
): Promise<void> {
  const { problem, permutations } = state;
  const count = problem.permutation === undefined ? 0 : permutations.requested;
  clock.begin("resamples");
  clock.plan("resamples", stabilityFits(count));
  const observed = ofDirections((direction) =>
    observedCoefficients(state, whole, direction, rows, products),
  );
  const bootstrap = { observed, rows: whole.split.train };
  const fit = async <Kind extends TaskResult["kind"]>(
    what: string,
    tasks: readonly Task[],
    kind: Kind,
  ) => {
    const results = await attemptAll(pool, state, clock, what, tasks);
    return results.filter((result) => result.kind === kind) as Extract<
      TaskResult,
      { readonly kind: Kind }
    >[];
  };
  const fits = await fit("resamples", resampleTasks(bootstrap, false), "resample");
  if (fits.length < resamples / 2) return;
  const permuted =
    count === 0
      ? []
      : await fit("resamples with permuted labels", resampleTasks(bootstrap, true), "resample");
  const labellings = Math.min(resamples, count);
  const relabelled = await fit(
    "labellings",
    Array.from({ length: labellings }, (_, index): Task => ({ kind: "relabelled", index })),
    "relabelled",
  );
  state.stability = ofDirections((direction) =>
    stabilityReport(
      {
        fits: fits.map((result) => result.fit[direction]),
        // Intervals of few of them would be of those that could be fitted.
        permuted:
          permuted.length < resamples / 2 ? [] : permuted.map((result) => result.fit[direction]),
        observed: observedSums(state, whole, direction, observed[direction]),
        // Labellings that are left out would not be exchangeable with the observed one.
        relabelled:
          relabelled.length < labellings ? [] : relabelled.map((result) => result.sums[direction]),
        components: observed[direction].rows,
        p: componentP(state, direction),
        seed: problem.seed,
      },
      rows,
      products,
    ),
  );
  clock.report("Validating: bootstrap", true);
}

function resampleTasks(bootstrap: BootstrapProblem, permuted: boolean): Task[] {
  return Array.from({ length: resamples }, (_, index) => ({
    kind: "resample",
    index,
    bootstrap,
    permuted,
  }));
}

/** The results of the tasks that could be done, in order; a line in `omitted` says how many could not. */
async function attemptAll(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
  what: string,
  tasks: readonly Task[],
): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  const failures: string[] = [];
  await pool.run(
    tasks,
    (index, result) => {
      results[index] = result;
      clock.done("resamples");
      clock.report("Validating: bootstrap");
    },
    (_index, thrown) => failures.push(reasonOf(thrown)),
  );
  if (failures.length > 0) {
    state.omitted.push(
      `Stability: ${failures.length} of ${tasks.length} ${what} could not be fitted (${failures[0]})`,
    );
  }
  return results.filter((result) => result !== undefined);
}

/** [m, N]: the first components of one direction as sums of rows, with the sign that component 1 is shown with. */
function observedCoefficients(
  state: ValidationState,
  whole: PreparedSplit,
  direction: DirectionName,
  rows: Matrix | undefined,
  products: Products,
): Matrix {
  const { values, columns } = state.whole.directions;
  const n = countRows(state.problem.source);
  const found = state.whole.eigenvalues[direction].length;
  const observed = matrix(Math.min(comparedComponents, found), n);
  const first = componentRow(state.problem.layout, direction, 0);
  const component = (c: number): Float64Array =>
    values.subarray((first + c) * columns, (first + c + 1) * columns);
  const sign = rows === undefined ? 1 : neuronSign(whole, component(0), rows, products);
  for (let c = 0; c < observed.rows; c += 1) {
    const coefficients = rowCoefficients(whole.reduced, component(c));
    const own = spreadOut(coefficients, whole.split.train, n);
    observed.values.set(
      own.map((value) => sign * value),
      c * n,
    );
  }
  return observed;
}

/** Component 1 as those of permuted labels are given; of signs nothing is asked. */
function observedSums(
  state: ValidationState,
  { split, reduced }: PreparedSplit,
  direction: DirectionName,
  observed: Matrix,
): RowSums {
  const { values, columns } = state.whole.directions;
  const { labels, layout } = state.problem;
  const first = componentRow(layout, direction, 0);
  const own = Uint8Array.from(split.train, (row) => labels[row]);
  const unit = values.subarray(first * columns, (first + 1) * columns);
  const pattern = structureCoefficients(reduced, own, unit, carriedLabel(direction));
  return {
    loading: observed.values.subarray(0, observed.columns),
    pattern: spreadOut(pattern, split.train, observed.columns),
  };
}
