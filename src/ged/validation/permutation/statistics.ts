import {
  directionNames,
  rolesOfDirection,
  type DirectionName,
  type Directions,
} from "../../method/directions.ts";
import type { FitOptions } from "../../reduced/fitReduced.ts";
import type { PreparedSplit } from "../../reduced/reduceRows.ts";
import type { Workspace } from "../../../linalg/small/workspace.ts";
import { labelledFit, squaresOnDirections, type LabelledFit } from "./labelledFit.ts";

/** What every permutation shares: nothing here depends on the permuted labels. */
export interface PermutationProblem {
  /** All rows that may be fitted on, nothing tested; about the mean of their own condition. */
  readonly whole: PreparedSplit;
  /**
   * The folds of each repeat, or the one train/test split; rows about the mean of the training rows of their own
   * condition, so that permuting labels does not mix the difference of means into the covariances.
   */
  readonly repeats: readonly (readonly PreparedSplit[])[];
  readonly optionsOf: {
    readonly whole: FitOptions;
    readonly fold: (repeat: number, fold: number) => FitOptions;
  };
  /** m, how many components of each direction. */
  readonly components: number;
}

/** Ratios of carried to silenced variance, [m] each; NaN if a component does not exist. */
export interface PermutationStatistics {
  readonly inSample: Directions<Float64Array>;
  readonly heldOut: Directions<Float64Array>;
}

/** How many numbers {@link permutationStatistics} writes for m components. */
export function statisticCount(components: number): number {
  return 4 * components + 2;
}

/** Where the ratios of one direction's m components begin among them. */
export function ratiosAt(
  part: keyof PermutationStatistics,
  direction: DirectionName,
  components: number,
): number {
  return ((part === "inSample" ? 0 : 2) + directionNames.indexOf(direction)) * components;
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
  const { optionsOf } = problem;
  const fitted = (options: FitOptions, split: PreparedSplit): LabelledFit =>
    labelledFit({ options, components: m }, split, labels, workspace);
  const whole = fitted(optionsOf.whole, problem.whole);
  inSampleRatios(whole, problem.whole, labels, m, into, workspace);
  if (problem.repeats.length === 0) return;
  const logarithms = workspace.buffer("permutation.logarithms", 2 * m).fill(0, 0, 2 * m);
  const sums = workspace.buffer("permutation.sums", 4 * m);
  for (const [repeat, folds] of problem.repeats.entries()) {
    sums.fill(0, 0, 4 * m);
    const freedom = { target: 0, reference: 0 };
    for (const [f, fold] of folds.entries()) {
      const fit = fitted(optionsOf.fold(repeat, f), fold);
      addHeldOut(fit, fold, labels, m, sums, freedom, workspace);
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

/** In-sample ratios, and those of what is left of the traces without component 1. */
function inSampleRatios(
  fit: LabelledFit,
  whole: PreparedSplit,
  labels: Uint8Array,
  m: number,
  into: Float64Array,
  workspace: Workspace,
): void {
  const { train } = whole.reduced;
  for (const [place, direction] of directionNames.entries()) {
    const found = squaresOnDirections(fit[direction], train, whole.split.train, labels, workspace);
    const { carried, silenced } = rolesOfDirection[direction];
    for (let c = 0; c < found.components; c += 1) {
      const above = found[carried][c] / (found.rows[carried] - 1);
      const below = found[silenced][c] / (found.rows[silenced] - 1);
      into[place * m + c] = above / below;
      if (c > 0) continue;
      into[restRatioAt(m) + place] = (fit.traces[carried] - above) / (fit.traces[silenced] - below);
    }
  }
}

/** Adds target and reference squares of forward, then of swapped, [m] each, and the degrees of freedom. */
function addHeldOut(
  fit: LabelledFit,
  fold: PreparedSplit,
  labels: Uint8Array,
  m: number,
  sums: Float64Array,
  freedom: { target: number; reference: number },
  workspace: Workspace,
): void {
  const { test } = fold.reduced;
  directionNames.forEach((name, direction) => {
    const found = squaresOnDirections(fit[name], test, fold.split.test, labels, workspace);
    if (direction === 0) {
      freedom.target += Math.max(0, found.rows.target - 1);
      freedom.reference += Math.max(0, found.rows.reference - 1);
    }
    for (let c = 0; c < m; c += 1) {
      const exists = c < found.components;
      const at = 2 * m * direction + c;
      sums[at] += exists ? found.target[c] : NaN;
      sums[at + m] += exists ? found.reference[c] : NaN;
    }
  });
}

function ratio(above: number, aboveFreedom: number, below: number, belowFreedom: number): number {
  return above / aboveFreedom / (below / belowFreedom);
}
