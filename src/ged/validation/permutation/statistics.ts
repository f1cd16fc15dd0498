import { directionNames, rolesOfDirection, type Directions } from "../../method/directions.ts";
import { fitReduced, type FitOptions, type ReducedFit } from "../../reduced/fitReduced.ts";
import { targetLabel, type ConditionRows } from "../../reduced/labelledRows.ts";
import type { ReducedRows, Split } from "../../reduced/reduceRows.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { inner } from "../../../linalg/small/tiles.ts";

/** One split with its rows reduced. */
export interface PreparedSplit {
  readonly split: Split;
  readonly reduced: ReducedRows;
}

/** What every permutation shares: nothing here depends on the permuted labels. */
export interface PermutationProblem {
  /** All rows that may be fitted on, nothing tested; about the mean of their own condition. */
  readonly whole: PreparedSplit;
  /**
   * The folds of each repeat, or the one train/test split; rows about the mean of the training rows of their own
   * condition, so that permuting labels does not mix the difference of means into the covariances.
   */
  readonly repeats: readonly (readonly PreparedSplit[])[];
  readonly options: FitOptions;
  /** m, how many components of each direction. */
  readonly components: number;
}

/** Ratios of carried to silenced variance, [m] each; NaN where a component does not exist. */
export interface PermutationStatistics {
  readonly inSample: Directions<Float64Array>;
  readonly heldOut: Directions<Float64Array>;
}

/** How many numbers {@link permutationStatistics} writes for m components. */
export function statisticCount(components: number): number {
  return 4 * components + 2;
}

/**
 * Where the ratio of what is left of the traces without component 1 stands among them, carried over silenced; the
 * swapped direction's follows.
 */
export function restRatioAt(components: number): number {
  return 4 * components;
}

/**
 * The statistics of one labelling: the whole pipeline on all rows, and again on the training rows of each
 * fold with its variances on the tested rows, pooled over folds (squares about each fold's own mean). Held out, the
 * statistic is `exp(mean over repeats of log(pooled ratio))`, the very ratio that is reported.
 * @param labels [N]
 * @param into receives in-sample forward and swapped, held-out forward and swapped, [m] each, and the two
 *   ratios of the rests
 */
export function permutationStatistics(
  problem: PermutationProblem,
  labels: Uint8Array,
  into: Float64Array,
  workspace: Workspace,
): void {
  const m = problem.components;
  into.fill(NaN, 0, statisticCount(m));
  const whole = fitSplit(problem, problem.whole, labels, workspace);
  inSampleRatios(whole, m, into);
  if (problem.repeats.length === 0) return;
  const logarithms = workspace.buffer("permutation.logarithms", 2 * m).fill(0, 0, 2 * m);
  const sums = workspace.buffer("permutation.sums", 4 * m);
  for (const folds of problem.repeats) {
    sums.fill(0, 0, 4 * m);
    const freedom = { target: 0, reference: 0 };
    for (const fold of folds) {
      const fit = fitSplit(problem, fold, labels, workspace);
      addHeldOut(fit, fold, labels, m, sums, freedom);
    }
    for (let c = 0; c < m; c += 1) {
      logarithms[c] += Math.log(ratio(sums[c], freedom.target, sums[m + c], freedom.reference));
      logarithms[m + c] += Math.log(
        ratio(sums[3 * m + c], freedom.reference, sums[2 * m + c], freedom.target),
      );
    }
  }
  for (let c = 0; c < 2 * m; c += 1) {
    into[2 * m + c] = Math.exp(logarithms[c] / problem.repeats.length);
  }
}

/** Takes apart what {@link permutationStatistics} wrote. */
export function readStatistics(values: Float64Array, components: number): PermutationStatistics {
  const part = (i: number) => values.slice(i * components, (i + 1) * components);
  return {
    inSample: { forward: part(0), swapped: part(1) },
    heldOut: { forward: part(2), swapped: part(3) },
  };
}

function fitSplit(
  problem: PermutationProblem,
  prepared: PreparedSplit,
  labels: Uint8Array,
  workspace: Workspace,
): ReducedFit {
  const own = Uint8Array.from(prepared.split.train, (row) => labels[row]);
  return fitReduced(prepared.reduced, own, problem.options, problem.components, workspace);
}

function inSampleRatios(fit: ReducedFit, m: number, into: Float64Array): void {
  const { target, reference } = fit;
  const r = target.mean.length;
  const traces = { target: trace(target), reference: trace(reference) };
  for (let c = 0; c < m; c += 1) {
    for (const [place, direction] of directionNames.entries()) {
      const separation = fit[direction];
      const roles = rolesOfDirection[direction];
      const [carried, silenced] = [fit[roles.carried], fit[roles.silenced]];
      if (c >= separation.eigenvalues.length) continue;
      const above = squares(carried.values, carried.rows, separation.directions, c, r);
      const below = squares(silenced.values, silenced.rows, separation.directions, c, r);
      into[place * m + c] = ratio(above, carried.count - 1, below, silenced.count - 1);
      if (c > 0) continue;
      into[restRatioAt(m) + place] =
        (traces[roles.carried] - above / (carried.count - 1)) /
        (traces[roles.silenced] - below / (silenced.count - 1));
    }
  }
}

/** Of a condition's covariance, all dimensions. */
function trace({ values, rows, count, mean }: ConditionRows): number {
  return inner(values, 0, values, 0, rows * mean.length) / (count - 1);
}

/** Sum over rows (centred) of their squared projections on direction c. */
function squares(
  rows: Float64Array,
  count: number,
  directions: Float64Array,
  c: number,
  r: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const projection = inner(rows, i * r, directions, c * r, r);
    sum += projection * projection;
  }
  return sum;
}

/** Adds target and reference squares of forward, then of swapped, [m] each, and the degrees of freedom. */
function addHeldOut(
  fit: ReducedFit,
  fold: PreparedSplit,
  labels: Uint8Array,
  m: number,
  sums: Float64Array,
  freedom: { target: number; reference: number },
): void {
  const { test } = fold.reduced;
  const r = test.columns;
  const rows = fold.split.test;
  let targets = 0;
  for (const row of rows) if (labels[row] === targetLabel) targets += 1;
  const references = rows.length - targets;
  freedom.target += Math.max(0, targets - 1);
  freedom.reference += Math.max(0, references - 1);
  directionNames.forEach((name, direction) => {
    const separation = fit[name];
    for (let c = 0; c < m; c += 1) {
      const exists = c < separation.eigenvalues.length;
      let targetSum = 0;
      let targetSquares = 0;
      let referenceSum = 0;
      let referenceSquares = 0;
      for (let t = 0; exists && t < rows.length; t += 1) {
        const projection = inner(test.values, t * r, separation.directions, c * r, r);
        if (labels[rows[t]] === targetLabel) {
          targetSum += projection;
          targetSquares += projection * projection;
        } else {
          referenceSum += projection;
          referenceSquares += projection * projection;
        }
      }
      const at = 2 * m * direction + c;
      sums[at] += exists ? aboutMean(targetSquares, targetSum, targets) : NaN;
      sums[at + m] += exists ? aboutMean(referenceSquares, referenceSum, references) : NaN;
    }
  });
}

function aboutMean(squareSum: number, sum: number, count: number): number {
  return count === 0 ? 0 : squareSum - (sum * sum) / count;
}

function ratio(above: number, aboveFreedom: number, below: number, belowFreedom: number): number {
  return above / aboveFreedom / (below / belowFreedom);
}
