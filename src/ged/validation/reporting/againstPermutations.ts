import { ofDirections, type DirectionName } from "../../method/directions.ts";
import { heldOutBand } from "../permutation/heldOutBand.ts";
import { permutationInterval } from "../permutation/interval.ts";
import {
  componentsP,
  distributionOf,
  edgeOf,
  largestP,
  restRatio,
  type LabelledNull,
} from "../permutation/labelledNull.ts";
import { exactP } from "../permutation/nullDistribution.ts";
import { secondFit } from "../permutation/secondFit.ts";
import { ratiosAt } from "../permutation/statistics.ts";
import type { DirectionReport, ScoredComponent, ValidationReport } from "../report.ts";
import type { ValidationState } from "../validationState.ts";
import type { RestRatio } from "../verdict.ts";
import { scoredComponent } from "./scoredComponent.ts";

/** The permutations as far as they have come; undefined before there is one to hold the labels as they are against. */
function nullSoFar(
  state: ValidationState,
  permuted: readonly Float64Array[],
): LabelledNull | undefined {
  const { observed, sequential } = state.permutations;
  if (observed === undefined || permuted.length === 0) return undefined;
  return { observed, permuted, components: state.problem.layout.components, sequential };
}

function heldOutAt(state: ValidationState, direction: DirectionName, c: number): number {
  return ratiosAt("heldOut", direction, state.problem.layout.components) + c;
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
  const at = heldOutAt(state, direction, c);
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
  const found = nullSoFar(state, permuted);
  return found === undefined ? {} : componentsP(found, direction, c);
}

/** p of component 1's held-out ratio as far as permutations have come; undefined if nothing is held out. */
export function componentP(state: ValidationState, direction: DirectionName): number | undefined {
  const { observed, permuted } = state.permutations;
  const all = known(permuted);
  if (observed === undefined || all.length === 0 || state.heldOut[0].length === 0) return undefined;
  const at = heldOutAt(state, direction, 0);
  return exactP(
    observed[at],
    all.map((values) => values[at]),
  );
}

/** The second fit, if there is one, as far as it has come. */
export function secondTest(state: ValidationState): Pick<ValidationReport, "secondFit"> {
  const at = ofDirections((direction) => heldOutAt(state, direction, 0));
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
  const at = heldOutAt(state, direction, c);
  return { permutedHeldOut: heldOutBand(permuted.map((values) => values[at])) };
}

/** The largest held-out ratio of both directions and all components, against the same of each permutation. */
export function maximumP(
  state: ValidationState,
  permuted: readonly Float64Array[],
): Pick<ValidationReport, "maxP"> {
  const found = nullSoFar(state, permuted);
  return found === undefined || state.heldOut[0].length === 0 ? {} : { maxP: largestP(found) };
}

/** The ratio of the variances that both conditions have in all other directions than component 1. */
export function restOf(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): RestRatio | undefined {
  const found = nullSoFar(state, permuted);
  return found && restRatio(found, direction);
}

/** How many leading components are above what permuted labels give, held out. */
export function edge(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): Pick<DirectionReport, "noiseEdge"> {
  const found = nullSoFar(state, permuted);
  if (found === undefined || state.heldOut[0].length === 0) return {};
  return { noiseEdge: edgeOf(found, direction) };
}

/** What component 1 is held against: its ratios under permuted labels, in sample and held out. */
export function permutationOf(
  state: ValidationState,
  direction: DirectionName,
  permuted: readonly Float64Array[],
): DirectionReport["permutation"] {
  const found = nullSoFar(state, permuted);
  if (found === undefined) return undefined;
  const isHeldOut = state.heldOut[0].length > 0;
  return {
    inSample: distributionOf(found, "inSample", direction),
    heldOut: isHeldOut ? distributionOf(found, "heldOut", direction) : null,
  };
}
