import type {
  DirectionReport,
  NullDistribution,
  ScoredComponent,
  ValidationReport,
} from "./report.ts";
import {
  forwardDirection,
  linearDiscriminantDirection,
  meanDifferenceDirection,
  swappedDirection,
} from "./evaluateSplit.ts";
import { jackknifeIntervals } from "./jackknife.ts";
import { permutationInterval } from "./permutation/interval.ts";
import { noiseEdge } from "./permutation/noiseEdge.ts";
import { exactP, nullDistribution } from "./permutation/nullDistribution.ts";
import { restRatioAt } from "./permutation/statistics.ts";
import { randomDirections } from "./scale.ts";
import { labelledProjections, scoreOutcomes, type Carries } from "./scoreOutcomes.ts";
import type { ValidationState } from "./validationState.ts";
import { isScaleOnly, verdictOn, type RestRatio } from "./verdict.ts";
import { describeWarnings } from "./warnings.ts";

/** The report as far as the validation has come. */
export function assembleReport(state: ValidationState): ValidationReport {
  const { permutations, problem, scheme, design, scale } = state;
  const permuted = known(permutations.permuted);
  const forward = directionReport(state, "target", permuted);
  const swapped = directionReport(state, "reference", permuted);
  const report: ValidationReport = {
    ...forward.report,
    scheme,
    swapped: swapped.report,
    distinct: design.distinct,
    clusters: design.clusters,
    traceRatio: scale.traceRatio,
    ...maximumP(state, permuted),
    ...(permuted.length > 0 && problem.permutation !== undefined
      ? {
          permutations: {
            count: permuted.length,
            requested: permutations.requested,
            seed: problem.seed,
            repeats: state.heldOut[0].length,
            exchange: problem.permutation.kind,
            labellings: Number.isFinite(problem.permutation.labellings)
              ? problem.permutation.labellings
              : null,
            ...(state.labelling === undefined ? {} : { labelling: state.labelling }),
          },
        }
      : {}),
    ...(state.grid === undefined ? {} : { grid: state.grid }),
    baselines: {
      meanDifference: scored(state, meanDifferenceDirection(problem.layout), "target"),
      linearDiscriminant: scored(state, linearDiscriminantDirection(problem.layout), "target"),
    },
    ...(state.stability === undefined ? {} : { stability: state.stability }),
    warnings: [],
    omitted: [...state.omitted],
    seconds: (performance.now() - state.started) / 1000,
  };
  const warnings = describeWarnings(report, {
    ...state.facts,
    shrinkage: problem.options.shrinkage,
    scaleOnly: { target: forward.scaleOnly, reference: swapped.scaleOnly },
  });
  return { ...report, warnings: [...state.warnings, ...warnings] };
}

function directionReport(
  state: ValidationState,
  carries: Carries,
  permuted: readonly Float64Array[],
): { readonly report: DirectionReport; readonly scaleOnly: boolean } {
  const { layout } = state.problem;
  const eigenvalues =
    carries === "target" ? state.whole.forwardEigenvalues : state.whole.swappedEigenvalues;
  const components = Array.from(eigenvalues, (eigenvalue, c) => {
    const direction = carries === "target" ? forwardDirection(c) : swappedDirection(layout, c);
    return {
      ...scored(state, direction, carries),
      ...ratioInterval(state, carries, c, permuted),
      ...correctedP(state, carries, c, permuted),
      eigenvalue,
    };
  });
  const first = components[0];
  const permutation = permutationOf(state, carries, permuted);
  const scores = state.heldOutScores[carries].scores();
  const traceRatio = carries === "target" ? state.scale.traceRatio : 1 / state.scale.traceRatio;
  const rest = restOf(state, carries, permuted);
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
    randomDirections: randomDirections(state.scale, carries),
    ...(heldOut === null ? {} : { silence: silence(state, carries, heldOut) }),
    ...(scores === undefined ? {} : { heldOutScores: scores }),
    ...edge(state, carries, permuted),
    ...(state.learningCurve === undefined ? {} : { learningCurve: state.learningCurve[carries] }),
    estimand: estimand(state),
    ...(permutation === undefined ? {} : { permutation }),
  };
  return { report, scaleOnly };
}

function silence(
  state: ValidationState,
  carries: Carries,
  heldOut: NonNullable<ScoredComponent["heldOut"]>,
): number {
  const { alpha } = state.facts.conditioning;
  // The reference's role is that of the silenced condition, in the swapped direction too.
  return heldOut.referenceVariance / (carries === "target" ? alpha.forward : alpha.swapped);
}

function estimand(state: ValidationState): string {
  const { scheme } = state;
  return scheme.kind === "trainTest"
    ? `the variance ratio on rows ${scheme.testRows.start}:${scheme.testRows.stop} of the direction fitted on rows ${scheme.trainRows.start}:${scheme.trainRows.stop}`
    : `the mean variance ratio, on rows like these, of directions fitted on ${scheme.folds - 1} of ${scheme.folds} folds; the direction that all rows give was fitted on more rows and is, as a rule, no worse`;
}

/** Scores of one direction, and what intervals need no permutations. */
function scored(state: ValidationState, direction: number, carries: Carries): ScoredComponent {
  const key = `${direction}/${state.heldOut[direction].length}`;
  const known = state.scores.get(key);
  if (known !== undefined) return known;
  const made = score(state, direction, carries);
  state.scores.set(key, made);
  return made;
}

function score(state: ValidationState, direction: number, carries: Carries): ScoredComponent {
  const { labels, units } = state.problem;
  const inSample = scoreOutcomes(
    [[labelledProjections(state.whole.inSample, direction, labels)]],
    carries,
  );
  const repeats = state.heldOut[direction];
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
function offset(state: ValidationState, part: "inSample" | "heldOut", carries: Carries): number {
  const m = state.problem.layout.components;
  return (part === "inSample" ? 0 : 2 * m) + (carries === "target" ? 0 : m);
}

function known(values: readonly (Float64Array | undefined)[]): Float64Array[] {
  return values.filter((own) => own !== undefined);
}

/** Interval of a cross-validated ratio, once there are permutations; see {@link permutationInterval}. */
function ratioInterval(
  state: ValidationState,
  carries: Carries,
  c: number,
  permuted: readonly Float64Array[],
): Pick<ScoredComponent, "heldOutRatioInterval"> {
  const { scheme, problem } = state;
  if (scheme.kind !== "crossValidation") return {};
  const direction =
    carries === "target" ? forwardDirection(c) : swappedDirection(problem.layout, c);
  const { heldOut } = scored(state, direction, carries);
  if (heldOut === null) return {};
  const at = offset(state, "heldOut", carries) + c;
  const interval = permutationInterval(
    heldOut.ratio,
    permuted.map((values) => values[at]),
  );
  return interval === undefined ? {} : { heldOutRatioInterval: interval };
}

/** Against the largest ratio among the components of each permutation. */
function correctedP(
  state: ValidationState,
  carries: Carries,
  c: number,
  permuted: readonly Float64Array[],
): Pick<ScoredComponent, "correctedP"> {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0) return {};
  const p = (part: "inSample" | "heldOut"): number => {
    const start = offset(state, part, carries);
    const end = start + state.problem.layout.components;
    return exactP(
      observed[start + c],
      permuted.map((values) => largest(values, start, end)),
    );
  };
  return { correctedP: { inSample: p("inSample"), heldOut: p("heldOut") } };
}

/** The largest held-out ratio of both directions and all components, against the same of each permutation. */
function maximumP(
  state: ValidationState,
  permuted: readonly Float64Array[],
): Pick<ValidationReport, "maxP"> {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0 || state.heldOut[0].length === 0) return {};
  const start = offset(state, "heldOut", "target");
  const end = start + 2 * state.problem.layout.components;
  return {
    maxP: exactP(
      largest(observed, start, end),
      permuted.map((values) => largest(values, start, end)),
    ),
  };
}

function largest(values: Float64Array, start: number, end: number): number {
  return values
    .subarray(start, end)
    .reduce((most, value) => (value > most ? value : most), -Infinity);
}

/** The ratio of the variances that both conditions have in all other directions than component 1. */
function restOf(
  state: ValidationState,
  carries: Carries,
  permuted: readonly Float64Array[],
): RestRatio | undefined {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0) return undefined;
  const at = restRatioAt(state.problem.layout.components) + (carries === "target" ? 0 : 1);
  return {
    ratio: observed[at],
    p: exactP(
      observed[at],
      permuted.map((values) => values[at]),
    ),
  };
}

function edge(
  state: ValidationState,
  carries: Carries,
  permuted: readonly Float64Array[],
): Pick<DirectionReport, "noiseEdge"> {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0 || state.heldOut[0].length === 0) return {};
  const start = offset(state, "heldOut", carries);
  const own = (values: Float64Array) =>
    values.subarray(start, start + state.problem.layout.components);
  return { noiseEdge: noiseEdge(own(observed), permuted.map(own)) };
}

function permutationOf(
  state: ValidationState,
  carries: Carries,
  permuted: readonly Float64Array[],
): DirectionReport["permutation"] {
  const { observed } = state.permutations;
  if (observed === undefined || permuted.length === 0) return undefined;
  const part = (name: "inSample" | "heldOut"): NullDistribution => {
    const at = offset(state, name, carries);
    return nullDistribution(
      observed[at],
      permuted.map((values) => values[at]),
    );
  };
  const heldOut = state.heldOut[0].length === 0 ? null : part("heldOut");
  return { inSample: part("inSample"), heldOut };
}
