import { directionNames, type DirectionName } from "../../method/directions.ts";
import type { NullDistribution, ScoredComponent } from "../report.ts";
import type { RestRatio } from "../verdict.ts";
import { noiseEdge } from "./noiseEdge.ts";
import { exactP, nullDistribution } from "./nullDistribution.ts";
import { ratiosAt, restRatioAt, type PermutationStatistics } from "./statistics.ts";
import { largest } from "./stopping.ts";

type Part = keyof PermutationStatistics;

/** The statistics of the labels as they are, and of each permutation, as `permutationStatistics` writes them. */
export interface LabelledNull {
  readonly observed: Float64Array;
  readonly permuted: readonly Float64Array[];
  /** m, how many components of each direction. */
  readonly components: number;
  /** Whether permutations may end early; see {@link exactP}. */
  readonly sequential: boolean;
}

/** Component 1 of one direction against the same of each permutation. */
export function distributionOf(
  { observed, permuted, components, sequential }: LabelledNull,
  part: Part,
  direction: DirectionName,
): NullDistribution {
  const at = ratiosAt(part, direction, components);
  return nullDistribution(
    observed[at],
    permuted.map((values) => values[at]),
    sequential,
  );
}

/** p of one component against the largest ratio among the components of each permutation. */
export function componentsP(
  { observed, permuted, components, sequential }: LabelledNull,
  direction: DirectionName,
  c: number,
): Required<Pick<ScoredComponent, "correctedP">> {
  const p = (part: Part): number => {
    const start = ratiosAt(part, direction, components);
    return exactP(
      observed[start + c],
      permuted.map((values) => largest(values, start, start + components)),
      sequential,
    );
  };
  return { correctedP: { inSample: p("inSample"), heldOut: p("heldOut") } };
}

/** p of the largest held-out ratio of both directions and all components, against the same of each permutation. */
export function largestP({ observed, permuted, components, sequential }: LabelledNull): number {
  const start = ratiosAt("heldOut", "forward", components);
  const end = start + directionNames.length * components;
  return exactP(
    largest(observed, start, end),
    permuted.map((values) => largest(values, start, end)),
    sequential,
  );
}

/** The ratio of the variances that both conditions have in all other directions than component 1. */
export function restRatio(
  { observed, permuted, components, sequential }: LabelledNull,
  direction: DirectionName,
): RestRatio {
  const at = restRatioAt(components) + directionNames.indexOf(direction);
  return {
    ratio: observed[at],
    p: exactP(
      observed[at],
      permuted.map((values) => values[at]),
      sequential,
    ),
  };
}

/** How many leading components are above what permuted labels give, held out. */
export function edgeOf(
  { observed, permuted, components }: LabelledNull,
  direction: DirectionName,
): ReturnType<typeof noiseEdge> {
  const start = ratiosAt("heldOut", direction, components);
  const own = (values: Float64Array) => values.subarray(start, start + components);
  return noiseEdge(own(observed), permuted.map(own));
}
