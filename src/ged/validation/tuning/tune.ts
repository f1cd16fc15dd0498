import { EigenlensError } from "../../../errors.ts";
import { mostComponents } from "../../method/keep.ts";
import { askedShare } from "../../method/options.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import type { Split } from "../../reduced/reduceRows.ts";
import { reasonOf } from "../scores/evaluateSplit.ts";
import type { GridAxes } from "../grid/grid.ts";
import { heldOutRatios, largestAt, withOwn } from "../grid/gridReport.ts";
import { leastTuningFolds } from "../options.ts";
import type { TunedChoice, Tuning } from "./report.ts";
import type { Task, TaskResult } from "../tasks/task.ts";
import type { TaskPool } from "../tasks/taskPool.ts";
import { choose, type Choices, type PreparedTuningSplit, type RepeatSquares } from "./choose.ts";
import { foldPairs, pairSplit, type TuningSplit } from "./pairSplits.ts";

/** What the observed labels choose, and what permuted labels choose by. */
export interface Tuned {
  readonly axes: GridAxes;
  readonly choices: Choices;
  /** Of each repeat, in the order of `foldPairs`. */
  readonly pairs: readonly (readonly PreparedTuningSplit[])[];
  readonly report: Omit<Tuning, "seconds">;
  readonly seconds: number;
}

/** Splits of pairs are kept for the permutations; more bytes than this are not. */
const mostBytes = 2 ** 30;

/** The values that are tried, and the run's own among them. */
export interface TuningGrid {
  readonly axes: GridAxes;
  readonly given: TunedChoice;
}

/**
 * The values that are tried: of shrinkages and shares few, for every one is fitted without every pair of folds in every
 * permutation.
 * @throws EigenlensError "usage" if the run fixes the number of components, or leaves the shrinkage to an estimator
 */
export function tuningGrid({ keep, shrinkage }: FitOptions, mostShare: number): TuningGrid {
  if (typeof shrinkage !== "number") {
    throw new EigenlensError(
      "usage",
      `The shrinkage is either chosen by held-out rows or estimated (${shrinkage}): give a number with which to compare the choice, or leave the choice out.`,
    );
  }
  if ("count" in keep) {
    throw new EigenlensError(
      "usage",
      `The share of variance cannot be chosen with ${keep.count} components fixed: leave their number out, or choose both yourself.`,
    );
  }
  const atMost = mostComponents(keep);
  const share = askedShare(keep);
  return {
    axes: {
      shrinkages: withOwn([0.001, 0.01, 0.1, 0.5], shrinkage),
      shares: withOwn(
        [0.9, 0.95, 0.99, 0.999].filter((each) => each <= mostShare),
        share,
      ),
      ...(atMost === Infinity ? {} : { atMost }),
    },
    given: { shrinkage, share },
  };
}

/**
 * Chooses shrinkage and share by held-out rows: once on all rows, and once in the training rows of every fold.
 * @param repeats the folds of each repeat
 * @param columns of the rows' coordinates, if they have fewer than there are rows
 * @param onDone called whenever one of {@link tuningFits} is done
 * @throws EigenlensError "condition" with too few folds, "usage" if too much memory would be needed, as `choose` does
 */
export async function tune(
  pool: TaskPool,
  axes: GridAxes,
  given: TunedChoice,
  repeats: readonly (readonly Split[])[],
  columns: number,
  onDone: () => void,
): Promise<Tuned> {
  checkSplits(repeats, columns);
  const tasks = repeats.flatMap((splits) => [
    ...splits.map((split): TuningSplit => ({ ...split, starts: [0] })),
    ...foldPairs(splits.length).map((pair) => pairSplit(splits, pair)),
  ]);
  const results: Extract<TaskResult, { kind: "tuning" }>[] = [];
  try {
    await pool.run(
      tasks.map((split): Task => ({ kind: "tuning", split, axes })),
      (index, result) => {
        if (result.kind === "tuning") results[index] = result;
        onDone();
      },
    );
  } catch (thrown) {
    throw new EigenlensError("numerics", `Choosing shrinkage and share: ${reasonOf(thrown)}`);
  }
  let at = 0;
  const take = (count: number) => results.slice(at, (at += count));
  const parts = repeats.map(({ length }) => ({
    folds: take(length),
    pairs: take(foldPairs(length).length),
  }));
  const squares = parts.map(({ folds, pairs }): RepeatSquares => ({
    folds: folds.map((fold) => fold.squares[0]),
    pairs: pairs.map((pair) => pair.squares),
  }));
  const choices = choose(axes, squares);
  return {
    axes,
    choices,
    pairs: parts.map(({ pairs }) => pairs.map(({ prepared }) => prepared)),
    report: describe(axes, choices, squares, given),
    seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** Fits without one fold or two, each of which tries all shrinkages and shares. */
export function tuningFits(repeats: readonly (readonly Split[])[]): number {
  return repeats.reduce((sum, { length }) => sum + length + foldPairs(length).length, 0);
}

function checkSplits(repeats: readonly (readonly Split[])[], columns: number): void {
  const folds = repeats[0]?.length ?? 0;
  if (folds < leastTuningFolds) {
    throw new EigenlensError(
      "condition",
      `Shrinkage and share are chosen by folds that are not held out, which needs at least ${leastTuningFolds} folds; these rows allow ${folds}: add rows that are independent of one another, or choose both yourself.`,
    );
  }
  const bytes = repeats.reduce(
    (sum, splits) =>
      sum +
      foldPairs(splits.length).reduce((own, pair) => {
        const { train, test } = pairSplit(splits, pair);
        return own + 8 * Math.min(columns, train.length) * (train.length + test.length);
      }, 0),
    0,
  );
  if (bytes > mostBytes) {
    throw new EigenlensError(
      "usage",
      `Choosing shrinkage and share in every fold would hold ${(bytes / 2 ** 30).toFixed(1)} GB of rows: choose fewer repeats or folds, such as 1 repeat of 3 folds, or fewer rows.`,
    );
  }
}

function describe(
  axes: GridAxes,
  choices: Choices,
  squares: readonly RepeatSquares[],
  given: TunedChoice,
): Tuned["report"] {
  const { shrinkages, shares } = axes;
  const ratios = heldOutRatios(
    axes,
    squares.map(({ folds }) => folds),
  );
  const own = shrinkages.indexOf(given.shrinkage) * shares.length + shares.indexOf(given.share);
  const counts = new Map<string, TunedChoice & { count: number }>();
  for (const choice of choices.folds.flat()) {
    const key = `${choice.shrinkage} ${choice.share}`;
    counts.set(key, { ...choice, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return {
    shrinkages,
    shares,
    chosen: choices.whole,
    folds: [...counts.values()].sort(
      (a, b) => b.count - a.count || a.shrinkage - b.shrinkage || a.share - b.share,
    ),
    given: { ...given, heldOutRatio: ratios[own] },
    largestRatio: ratios[largestAt(ratios)],
  };
}
