import {
  directionNames,
  ofDirections,
  rolesOfDirection,
  type DirectionName,
} from "../method/directions.ts";
import { traceRatioOf } from "./scale/traceRatio.ts";
import type {
  DirectionReport,
  NullDistribution,
  ScoredComponent,
  ValidationReport,
} from "./report.ts";
import {
  componentRow,
  linearDiscriminantDirection,
  meanDifferenceDirection,
} from "./scores/evaluateSplit.ts";
import { jackknifeIntervals } from "./scores/jackknife.ts";
import { permutationInterval } from "./permutation/interval.ts";
import { analyticEdge } from "./analyticEdge.ts";
import { heldOutBand } from "./permutation/heldOutBand.ts";
import { noiseEdge } from "./permutation/noiseEdge.ts";
import { exactP, mostReaching, nullDistribution } from "./permutation/nullDistribution.ts";
import { largest } from "./permutation/stopping.ts";
import { restRatioAt } from "./permutation/statistics.ts";
import { randomDirections } from "./scale/scale.ts";
import { labelledProjections, scoreOutcomes, type Carries } from "./scores/scoreOutcomes.ts";
import { targetLabel } from "../reduced/labelledRows.ts";
import type { ValidationProblem } from "./tasks/task.ts";
import type { ValidationState } from "./validationState.ts";
import { isScaleOnly, verdictOn, type RestRatio } from "./verdict.ts";
import { describeWarnings } from "./warnings.ts";

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
    baselines: {
      meanDifference: scored(state, meanDifferenceDirection(problem.layout), "target"),
      linearDiscriminant: scored(state, linearDiscriminantDirection(problem.layout), "target"),
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

function directionReport(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): { readonly report: DirectionReport; readonly scaleOnly: boolean } {
  const components = Array.from(state.whole.eigenvalues[direction], (eigenvalue, c) => ({
    ...scoredComponent(state, direction, c),
    ...ratioInterval(state, direction, c, permuted),
    ...correctedP(state, direction, c, permuted),
    ...band(state, direction, c, permuted),
    ...state.heldOutScores[direction][c]?.scores(),
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

function scoredComponent(
  state: ValidationState,
  direction: DirectionName,
  c: number,
): ScoredComponent {
  const row = componentRow(state.problem.layout, direction, c);
  return scored(state, row, rolesOfDirection[direction].carried);
}

/**
 * Scores of one line, and what intervals need no permutations.
 * @param row which of the outcomes' projections
 */
function scored(state: ValidationState, row: number, carries: Carries): ScoredComponent {
  const key = `${row}/${state.heldOut[row].length}`;
  const known = state.scores.get(key);
  if (known !== undefined) return known;
  const made = score(state, row, carries);
  state.scores.set(key, made);
  return made;
}

function score(state: ValidationState, row: number, carries: Carries): ScoredComponent {
  const { labels, units } = state.problem;
  const inSample = scoreOutcomes(
    [[labelledProjections(state.whole.inSample, row, labels)]],
    carries,
  );
  const repeats = state.heldOut[row];
  if (repeats.length === 0) return { inSample, heldOut: null };
  const heldOut = scoreOutcomes(repeats, carries);
  const intervals = jackknifeIntervals(repeats.flat(), carries, units);
  return {
    inSample,
    heldOut,
    ...(Number.isFinite(intervals.auc.low) ? { heldOutAucInterval: intervals.auc } : {}),
    ...(state.scheme.kind === "trainTest" && Number.isFinite(intervals.ratio.low)
      ? { heldOutRatioInterval: intervals.ratio }
      : {}),
  };
}

/** Where the four statistics stand in what `permutationStatistics` writes. */
function offset(
  state: ValidationState,
  part: "inSample" | "heldOut",
  direction: DirectionName,
): number {
  const { layout } = state.problem;
  return (part === "inSample" ? 0 : 2 * layout.components) + componentRow(layout, direction, 0);
}

function known(values: readonly (Float64Array | undefined)[]): Float64Array[] {
  return values.filter((own) => own !== undefined);
}

/** Interval of a cross-validated ratio, once there are permutations; see {@link permutationInterval}. */
function ratioInterval(
  state: ValidationState,
  direction: DirectionName,
  c: number,
  permuted: readonly Float64Array[],
): Pick<ScoredComponent, "heldOutRatioInterval"> {
  if (state.scheme.kind !== "crossValidation") return {};
  const { heldOut } = scoredComponent(state, direction, c);
  if (heldOut === null) return {};
  const at = offset(state, "heldOut", direction) + c;
  const interval = permutationInterval(
    heldOut.ratio,
    permuted.map((values) => values[at]),
  );
  return interval === undefined ? {} : { heldOutRatioInterval: interval };
}

/** Against the largest ratio among the components of each permutation. */
function correctedP(
  state: ValidationState,
  direction: DirectionName,
  c: number,
  permuted: readonly Float64Array[],
): Pick<ScoredComponent, "correctedP"> {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0) return {};
  const p = (part: "inSample" | "heldOut"): number => {
    const start = offset(state, part, direction);
    const end = start + state.problem.layout.components;
    return exactP(
      observed[start + c],
      permuted.map((values) => largest(values, start, end)),
      state.permutations.sequential,
    );
  };
  return { correctedP: { inSample: p("inSample"), heldOut: p("heldOut") } };
}

/** p of component 1's held-out ratio as far as permutations have come; undefined if nothing is held out. */
export function componentP(state: ValidationState, direction: DirectionName): number | undefined {
  const { observed, permuted } = state.permutations;
  const all = known(permuted);
  if (observed === undefined || all.length === 0 || state.heldOut[0].length === 0) return undefined;
  const at = offset(state, "heldOut", direction);
  return exactP(
    observed[at],
    all.map((values) => values[at]),
  );
}

/** The held-out ratios of the same rank under permuted labels. */
function band(
  state: ValidationState,
  direction: DirectionName,
  c: number,
  permuted: readonly Float64Array[],
): Pick<ScoredComponent, "permutedHeldOut"> {
  if (permuted.length === 0 || state.heldOut[0].length === 0) return {};
  const at = offset(state, "heldOut", direction) + c;
  return { permutedHeldOut: heldOutBand(permuted.map((values) => values[at])) };
}

/** The largest held-out ratio of both directions and all components, against the same of each permutation. */
function maximumP(
  state: ValidationState,
  permuted: readonly Float64Array[],
): Pick<ValidationReport, "maxP"> {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0 || state.heldOut[0].length === 0) return {};
  const start = offset(state, "heldOut", "forward");
  const end = start + 2 * state.problem.layout.components;
  return {
    maxP: exactP(
      largest(observed, start, end),
      permuted.map((values) => largest(values, start, end)),
      state.permutations.sequential,
    ),
  };
}

/** The ratio of the variances that both conditions have in all other directions than component 1. */
function restOf(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): RestRatio | undefined {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0) return undefined;
  const at = restRatioAt(state.problem.layout.components) + directionNames.indexOf(direction);
  return {
    ratio: observed[at],
    p: exactP(
      observed[at],
      permuted.map((values) => values[at]),
      state.permutations.sequential,
    ),
  };
}

function edge(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): Pick<DirectionReport, "noiseEdge"> {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0 || state.heldOut[0].length === 0) return {};
  const start = offset(state, "heldOut", direction);
  const own = (values: Float64Array) =>
    values.subarray(start, start + state.problem.layout.components);
  return { noiseEdge: noiseEdge(own(observed), permuted.map(own)) };
}

function permutationOf(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): DirectionReport["permutation"] {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0) return undefined;
  const part = (name: "inSample" | "heldOut"): NullDistribution => {
    const at = offset(state, name, direction);
    return nullDistribution(
      observed[at],
      permuted.map((values) => values[at]),
      state.permutations.sequential,
    );
  };
  const heldOut = state.heldOut[0].length === 0 ? null : part("heldOut");
  return { inSample: part("inSample"), heldOut };
}
