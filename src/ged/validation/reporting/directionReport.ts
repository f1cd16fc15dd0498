import type { DirectionName } from "../../method/directions.ts";
import { traceRatioOf } from "../scale/traceRatio.ts";
import type { DirectionReport, ScoredComponent } from "../report.ts";
import { analyticEdge } from "../analyticEdge.ts";
import { randomDirections } from "../scale/scale.ts";
import type { ValidationState } from "../validationState.ts";
import { isScaleOnly, verdictOn } from "../verdict.ts";
import { rowScores, scoredComponent } from "./scoredComponent.ts";
import {
  band,
  correctedP,
  edge,
  permutationOf,
  ratioInterval,
  restOf,
} from "./againstPermutations.ts";

/**
 * One direction's part of the report: its components, what permutations and random directions say of the first, and
 * whether that is more than a larger scale.
 * @param permuted statistics of the permutations so far
 */
export function directionReport(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): { readonly report: DirectionReport; readonly scaleOnly: boolean } {
  const components = Array.from(state.whole.eigenvalues[direction], (eigenvalue, c) => ({
    ...scoredComponent(state, direction, c),
    ...ratioInterval(state, direction, c, permuted),
    ...correctedP(state, direction, c, permuted),
    ...band(state, direction, c, permuted),
    ...rowScores(state, state.heldOutScores[direction][c]),
    eigenvalue,
  }));
  const first = components[0];
  const permutation = permutationOf(state, direction, permuted);
  const traceRatio = traceRatioOf(state.scale, direction);
  const rest = restOf(state, direction, permuted);
  const scaleOnly = rest !== undefined && isScaleOnly(first, rest);
  const { heldOut, heldOutRatioInterval: interval } = first;
  const report = {
    ...first,
    components,
    verdict: verdictOn(
      { ...first, ...(permutation === undefined ? {} : { permutation }) },
      scaleOnly,
      state.problem.permutation?.labellings ?? 1,
      state.design.ignored,
    ),
    ...(heldOut === null ? {} : { relativeRatio: heldOut.ratio / traceRatio }),
    ...(interval === undefined
      ? {}
      : {
          relativeRatioInterval: {
            low: interval.low / traceRatio,
            high: interval.high / traceRatio,
          },
        }),
    randomDirections: randomDirections(state.scale, direction),
    ...(heldOut === null ? {} : { silence: silence(state, direction, heldOut) }),
    ...edge(state, direction, permuted),
    analyticEdge: analyticEdge(state, direction),
    ...(state.learningCurve === undefined ? {} : { learningCurve: state.learningCurve[direction] }),
    ...(state.stability === undefined ? {} : { stability: state.stability[direction] }),
    estimand: estimand(state),
    ...(permutation === undefined ? {} : { permutation }),
  };
  return { report, scaleOnly };
}

function silence(
  state: ValidationState,
  direction: DirectionName,
  heldOut: NonNullable<ScoredComponent["heldOut"]>,
): number {
  const { alpha } = state.facts.conditioning;
  return heldOut.silencedVariance / alpha[direction];
}

function estimand(state: ValidationState): string {
  const { scheme } = state;
  if (scheme.kind === "crossValidation" && state.tuning !== undefined) {
    return `the mean variance ratio, on rows like these, of directions fitted on ${scheme.folds - 1} of ${scheme.folds} folds with the shrinkage and share that these folds choose; the direction that all rows give was chosen and fitted with more rows and is, as a rule, no worse`;
  }
  return scheme.kind === "trainTest"
    ? `the variance ratio on rows ${scheme.testRows.start}:${scheme.testRows.stop} of the direction fitted on rows ${scheme.trainRows.start}:${scheme.trainRows.stop}`
    : `the mean variance ratio, on rows like these, of directions fitted on ${scheme.folds - 1} of ${scheme.folds} folds; the direction that all rows give was fitted on more rows and is, as a rule, no worse`;
}
