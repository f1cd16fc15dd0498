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
import { exchangeInterval } from "./permutation/exchangeInterval.ts";
import { jackknifeIntervals } from "./jackknife.ts";
import { exactP, nullDistribution } from "./permutation/nullDistribution.ts";
import { labelledProjections, scoreOutcomes, type Carries } from "./scoreOutcomes.ts";
import type { ValidationState } from "./validationState.ts";
import { describeWarnings } from "./warnings.ts";

/** The report as far as the validation has come. */
export function assembleReport(state: ValidationState): ValidationReport {
  const forward = directionReport(state, "target");
  const { permutations, problem, scheme } = state;
  const count = permutations.first.filter((values) => values !== undefined).length;
  const report: ValidationReport = {
    ...forward,
    scheme,
    swapped: directionReport(state, "reference"),
    ...(count > 0 && problem.exchange !== undefined
      ? {
          permutations: {
            count,
            requested: permutations.requested,
            seed: problem.seed,
            exchange: problem.exchange.kind,
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
  return { ...report, warnings: [...state.warnings, ...describeWarnings(report)] };
}

function directionReport(state: ValidationState, carries: Carries): DirectionReport {
  const { layout } = state.problem;
  const eigenvalues =
    carries === "target" ? state.whole.forwardEigenvalues : state.whole.swappedEigenvalues;
  const components = Array.from(eigenvalues, (eigenvalue, c) => {
    const direction = carries === "target" ? forwardDirection(c) : swappedDirection(layout, c);
    return {
      ...scored(state, direction, carries),
      ...ratioInterval(state, carries, c),
      ...correctedP(state, carries, c),
      eigenvalue,
    };
  });
  const permutation = permutationOf(state, carries);
  return { ...components[0], components, ...(permutation === undefined ? {} : { permutation }) };
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
    [labelledProjections(state.whole.inSample, direction, labels)],
    carries,
  );
  const parts = state.heldOut[direction];
  if (parts.length === 0) return { inSample, heldOut: null };
  const heldOut = scoreOutcomes(parts, carries);
  const intervals = jackknifeIntervals(parts, carries, units);
  return {
    inSample,
    heldOut,
    ...(Number.isFinite(intervals.auc.low) ? { heldOutAucInterval: intervals.auc } : {}),
    ...(state.scheme.kind === "trainTest" && Number.isFinite(intervals.ratio.low)
      ? { heldOutRatioInterval: intervals.ratio }
      : {}),
  };
}

/** Where the four statistics stand in what `exchangeStatistics` writes. */
function offset(state: ValidationState, part: "inSample" | "heldOut", carries: Carries): number {
  const m = state.problem.layout.components;
  return (part === "inSample" ? 0 : 2 * m) + (carries === "target" ? 0 : m);
}

function known(values: readonly (Float64Array | undefined)[]): Float64Array[] {
  return values.filter((own) => own !== undefined);
}

/** Interval of a cross-validated ratio, once there are permutations; see {@link exchangeInterval}. */
function ratioInterval(
  state: ValidationState,
  carries: Carries,
  c: number,
): Pick<ScoredComponent, "heldOutRatioInterval"> {
  const { scheme, permutations, problem } = state;
  if (scheme.kind !== "crossValidation") return {};
  const direction =
    carries === "target" ? forwardDirection(c) : swappedDirection(problem.layout, c);
  const { heldOut } = scored(state, direction, carries);
  if (heldOut === null) return {};
  const at = offset(state, "heldOut", carries) + c;
  // Only permutations whose second repeat is known pair up.
  const paired = permutations.second.flatMap((second, i) => {
    const first = permutations.first[i];
    return second === undefined || first === undefined ? [] : [{ first, second }];
  });
  const rest = permutations.first.filter(
    (first, i) => first !== undefined && permutations.second[i] === undefined,
  );
  const first = [...paired.map((pair) => pair.first), ...known(rest)].map((values) => values[at]);
  const interval = exchangeInterval(
    heldOut.ratio,
    first,
    paired.map((pair) => pair.second[at]),
    scheme.repeats,
  );
  return interval === undefined ? {} : { heldOutRatioInterval: interval };
}

/** Against the largest ratio among the components of each permutation. */
function correctedP(
  state: ValidationState,
  carries: Carries,
  c: number,
): Pick<ScoredComponent, "correctedP"> {
  const { observed, first } = state.permutations;
  const permuted = known(first);
  if (observed === undefined || permuted.length === 0) return {};
  const p = (part: "inSample" | "heldOut"): number => {
    const start = offset(state, part, carries);
    const end = start + state.problem.layout.components;
    const largest = permuted.map((values) =>
      values.subarray(start, end).reduce((most, value) => (value > most ? value : most), -Infinity),
    );
    return exactP(observed[start + c], largest);
  };
  return { correctedP: { inSample: p("inSample"), heldOut: p("heldOut") } };
}

function permutationOf(state: ValidationState, carries: Carries): DirectionReport["permutation"] {
  const { observed, first } = state.permutations;
  const permuted = known(first);
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
