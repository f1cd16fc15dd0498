import { ofDirections, type Directions } from "../../method/directions.ts";
import { reasonOf } from "../scores/evaluateSplit.ts";
import type { SecondFit, SecondTest } from "../report.ts";
import type { ProgressClock } from "../tasks/progressClock.ts";
import type { Task } from "../tasks/task.ts";
import type { TaskPool } from "../tasks/taskPool.ts";
import type { PermutationState, SecondFitState, ValidationState } from "../validationState.ts";
import { permutationInterval } from "./interval.ts";
import { exactP, leastReaching } from "./nullDistribution.ts";
import { ratiosAt, statisticCount } from "./statistics.ts";

/** So many labellings are one piece of work. */
const piece = 10;

/**
 * Fits every labelling of a validation again with another shrinkage of the reference, streamed into the state: the same
 * folds, the same permutations.
 */
export async function addSecondFit(
  pool: TaskPool,
  state: ValidationState,
  clock: ProgressClock,
  shrinkage: number,
): Promise<void> {
  const { permutations } = state;
  const omit = (reason: string) => {
    state.omitted.push(`Second fit: ${reason}`);
    clock.plan("second", 0);
  };
  const { permuted } = permutations;
  if (state.problem.permutation === undefined) return omit("labels were not permuted.");
  if (state.heldOut[0].length === 0) return omit("nothing could be held out.");
  if (state.problem.options.shrinkage === shrinkage) {
    return omit(`shrinkage ${shrinkage} is that of the first.`);
  }
  if (permutations.ended) {
    return omit("permutations ended early, as the first needed; ask for a number of them.");
  }
  const second: SecondFitState = { shrinkage, permuted: [] };
  state.second = second;
  const tasks: Extract<Task, { kind: "permutation" }>[] = [];
  for (let start = -1; start < permuted.length; start = start < 0 ? 0 : start + piece) {
    const stop = start < 0 ? 0 : Math.min(permuted.length, start + piece);
    tasks.push({ kind: "permutation", start, stop, shrinkage });
  }
  const width = statisticCount(1);
  clock.begin("second");
  clock.plan("second", 1 + permuted.length);
  try {
    await pool.run(tasks, (index, result) => {
      if (result.kind !== "permutation") return;
      const { start, stop } = tasks[index];
      for (let i = start; i < stop; i += 1) {
        const values = result.statistics.slice((i - start) * width, (i - start + 1) * width);
        if (i < 0) second.observed = values;
        else second.permuted[i] = values;
      }
      clock.done("second", stop - start);
      clock.report("Validating: a second fit");
    });
  } catch (thrown) {
    omit(reasonOf(thrown));
    delete state.second;
  }
}

/**
 * What the second fit found, as far as it has come; undefined before it has begun.
 * @param at where the held-out ratio of component 1 of a direction stands among the first fit's statistics
 */
export function secondFit(
  second: SecondFitState | undefined,
  first: PermutationState,
  at: Directions<number>,
): SecondFit | undefined {
  const observed = second?.observed;
  if (second === undefined || observed === undefined) return undefined;
  return {
    shrinkage: second.shrinkage,
    ...ofDirections((direction): SecondTest => {
      const own = ratiosAt("heldOut", direction, 1);
      const permuted = second.permuted.flatMap((values) => (values ? [values[own]] : []));
      const interval = permutationInterval(observed[own], permuted);
      const known = { heldOutRatio: observed[own] };
      if (permuted.length === 0) return known;
      const pairs = [
        [first.observed, observed] as const,
        ...first.permuted.map((values, i) => [values, second.permuted[i]] as const),
      ].flatMap(([one, other]) =>
        one && other ? [[one[at[direction]], other[own]] as const] : [],
      );
      return {
        ...known,
        ...(interval === undefined ? {} : { heldOutRatioInterval: interval }),
        p: exactP(observed[own], permuted),
        bestP: bestOfTwo(
          pairs.map(([one]) => one),
          pairs.map(([, other]) => other),
        ),
      };
    }),
  };
}

/**
 * p of the smaller of two p: each labelling, the observed one among them, has a p in either test by its rank among all
 * labellings, and the smaller of its two is ranked again (Westfall and Young 1993, section 2.3; exact for any
 * dependence between the tests).
 * @param one statistics of the first test, that of the observed labelling first; one that is not known reaches all others
 * @param other of the second test, likewise
 */
export function bestOfTwo(one: readonly number[], other: readonly number[]): number {
  const ranks = [one, other].map(countsReaching);
  const smaller = one.map((_, i) => Math.min(...ranks.map((own) => own[i])));
  const [observed = 0] = smaller;
  return smaller.filter((rank) => rank <= observed).length / smaller.length;
}

/** How many of the values reach each of them, itself among them. */
function countsReaching(values: readonly number[]): number[] {
  const known = values.map((value) => (Number.isNaN(value) ? Infinity : value));
  const sorted = Float64Array.from(known).sort();
  return known.map((value) => sorted.length - firstFrom(sorted, leastReaching(value)));
}

/** The place of the first value that is not smaller. */
function firstFrom(sorted: Float64Array, least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
