import { directionNames, ofDirections, type DirectionName } from "../../method/directions.ts";
import type {
  DirectionReport,
  NullDistribution,
  ScoredComponent,
  ValidationReport,
} from "../report.ts";
import { componentRow } from "../scores/evaluateSplit.ts";
import { permutationInterval } from "../permutation/interval.ts";
import { heldOutBand } from "../permutation/heldOutBand.ts";
import { noiseEdge } from "../permutation/noiseEdge.ts";
import { exactP, nullDistribution } from "../permutation/nullDistribution.ts";
import { secondFit } from "../permutation/secondFit.ts";
import { largest } from "../permutation/stopping.ts";
import { restRatioAt } from "../permutation/statistics.ts";
import type { ValidationState } from "../validationState.ts";
import type { RestRatio } from "../verdict.ts";
import { scoredComponent } from "./scoredComponent.ts";

/** Where the four statistics stand in what `permutationStatistics` writes. */
function offset(
  state: ValidationState,
  part: "inSample" | "heldOut",
  direction: DirectionName,
): number {
  const { layout } = state.problem;
  return (part === "inSample" ? 0 : 2 * layout.components) + componentRow(layout, direction, 0);
}

/** The statistics of the permutations that are made, without the holes of those that are not. */
export function known(values: readonly (Float64Array | undefined)[]): Float64Array[] {
  return values.filter((own) => own !== undefined);
}

/** Interval of a cross-validated ratio, once there are permutations; see {@link permutationInterval}. */
export function ratioInterval(
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
export function correctedP(
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

/** The second fit, if there is one, as far as it has come. */
export function secondTest(state: ValidationState): Pick<ValidationReport, "secondFit"> {
  const at = ofDirections((direction) => offset(state, "heldOut", direction));
  const found = secondFit(state.second, state.permutations, at);
  return found === undefined ? {} : { secondFit: found };
}

/** The held-out ratios of the same rank under permuted labels. */
export function band(
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
export function maximumP(
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
export function restOf(
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

/** How many leading components are above what permuted labels give, held out; see {@link noiseEdge}. */
export function edge(
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

/** What component 1 is held against: its ratios under permuted labels, in sample and held out. */
export function permutationOf(
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
