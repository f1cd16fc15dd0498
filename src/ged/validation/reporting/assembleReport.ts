import { ofDirections } from "../../method/directions.ts";
import type { ScoredComponent, ValidationReport } from "../report.ts";
import type { HeldOutScoreSums } from "../scores/heldOutScores.ts";
import { linearDiscriminantDirection, meanDifferenceDirection } from "../scores/evaluateSplit.ts";
import { mostReaching } from "../permutation/nullDistribution.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import type { ValidationProblem } from "../tasks/task.ts";
import type { ValidationState } from "../validationState.ts";
import { describeWarnings } from "../warnings.ts";
import { directionReport } from "./directionReport.ts";
import { rowScores, scored } from "./scoredComponent.ts";
import { known, maximumP, secondTest } from "./againstPermutations.ts";

/** The report as far as the validation has come. */
export function assembleReport(state: ValidationState): ValidationReport {
  const { permutations, problem, scheme, design, scale } = state;
  const permuted = known(permutations.permuted);
  const found = ofDirections((direction) => directionReport(state, direction, permuted));
  const report: ValidationReport = {
    directions: ofDirections((direction) => found[direction].report),
    scheme,
    distinct: design.distinct,
    clusters: { ...design.clusters, ...clusterMembers(problem) },
    traceRatio: scale.traceRatio,
    ...maximumP(state, permuted),
    ...(permuted.length > 0 && problem.permutation !== undefined
      ? {
          permutations: {
            count: permuted.length,
            requested: permutations.ended ? permuted.length : permutations.requested,
            seed: problem.seed,
            repeats: state.heldOut[0].length,
            ...(permutations.sequential ? { sequential: { reaching: mostReaching } } : {}),
            exchange: problem.permutation.kind,
            labellings: Number.isFinite(problem.permutation.labellings)
              ? problem.permutation.labellings
              : null,
            ...(state.labelling === undefined ? {} : { labelling: state.labelling }),
          },
        }
      : {}),
    ...(state.grid === undefined ? {} : { grid: state.grid }),
    ...(state.tuning === undefined
      ? {}
      : { tuning: { ...state.tuning, seconds: state.tuningSeconds } }),
    ...secondTest(state),
    baselines: {
      meanDifference: {
        ...scored(state, meanDifferenceDirection(problem.layout), "target"),
        ...baselineScores(state, state.baselineScores.meanDifference),
      },
      linearDiscriminant: {
        ...scored(state, linearDiscriminantDirection(problem.layout), "target"),
        ...baselineScores(state, state.baselineScores.linearDiscriminant),
      },
    },
    warnings: [],
    omitted: [...state.omitted],
    seconds: (performance.now() - state.started) / 1000,
  };
  const warnings = describeWarnings(report, {
    ...state.facts,
    scaleOnly: ofDirections((direction) => found[direction].scaleOnly),
  });
  return { ...report, warnings: [...state.warnings, ...warnings] };
}

/** Nothing if every row is a cluster of its own. */
function clusterMembers({
  labels,
  units,
}: ValidationProblem): Pick<ValidationReport["clusters"], "members"> {
  if (units.clusters.every((rows) => rows.length === 1)) return {};
  const clusterOf = new Map(
    units.clusters.flatMap((rows, cluster) => rows.map((row) => [row, cluster] as const)),
  );
  const of = (isTarget: boolean): number[] =>
    Array.from(labels.keys())
      .filter((row) => (labels[row] === targetLabel) === isTarget)
      .map((row) => clusterOf.get(row) ?? 0);
  return { members: { target: of(true), reference: of(false) } };
}

/** Without their ranges over the repeats: nobody looks at these of a baseline. */
function baselineScores(
  state: ValidationState,
  sums: HeldOutScoreSums,
): Pick<ScoredComponent, "heldOutScores"> {
  const { heldOutScores } = rowScores(state, sums);
  return heldOutScores === undefined ? {} : { heldOutScores };
}
