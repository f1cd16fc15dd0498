import { directionNames, type DirectionName } from "../../method/directions.ts";
import { heldOutBand } from "../permutation/heldOutBand.ts";
import { permutationInterval } from "../permutation/interval.ts";
import { noiseEdge } from "../permutation/noiseEdge.ts";
import { exactP, nullDistribution } from "../permutation/nullDistribution.ts";
import { restRatioAt } from "../permutation/statistics.ts";
import { largest } from "../permutation/stopping.ts";
import type { DirectionReport, ScoredComponent, ValidationReport } from "../report.ts";
import type { RestRatio } from "../verdict.ts";
import type { GroupNull } from "./groupNull.ts";

/** Where the statistics of one direction begin in what {@link GroupNull} holds. */
function offset(part: "inSample" | "heldOut", direction: DirectionName, m: number): number {
  return ((part === "inSample" ? 0 : 2) + directionNames.indexOf(direction)) * m;
}

/** A component with what permutations say of it. @param m how many components of each direction there are */
export function withNull(
  component: ScoredComponent,
  found: GroupNull,
  direction: DirectionName,
  c: number,
  m: number,
): ScoredComponent {
  const { observed, permuted } = found;
  const at = offset("heldOut", direction, m) + c;
  const p = (part: "inSample" | "heldOut") => {
    const start = offset(part, direction, m);
    return exactP(
      observed[start + c],
      permuted.map((values) => largest(values, start, start + m)),
    );
  };
  const own = permuted.map((values) => values[at]);
  const { heldOut } = component;
  const interval = heldOut === null ? undefined : permutationInterval(heldOut.ratio, own);
  return {
    ...component,
    ...(interval === undefined ? {} : { heldOutRatioInterval: interval }),
    correctedP: { inSample: p("inSample"), heldOut: p("heldOut") },
    permutedHeldOut: heldOutBand(own),
  };
}

/** What permutations say of component 1 of a direction, and of how many components are above them. */
export function nullOf(
  found: GroupNull,
  direction: DirectionName,
  m: number,
): Required<Pick<DirectionReport, "permutation" | "noiseEdge">> {
  const { observed, permuted } = found;
  const of = (part: "inSample" | "heldOut") => {
    const at = offset(part, direction, m);
    return nullDistribution(
      observed[at],
      permuted.map((values) => values[at]),
    );
  };
  const start = offset("heldOut", direction, m);
  return {
    permutation: { inSample: of("inSample"), heldOut: of("heldOut") },
    noiseEdge: noiseEdge(
      observed.slice(start, start + m),
      permuted.map((values) => values.slice(start, start + m)),
    ),
  };
}

/** The ratio of the variances in all other directions than component 1. */
export function restOf(found: GroupNull, direction: DirectionName, m: number): RestRatio {
  const at = restRatioAt(m) + directionNames.indexOf(direction);
  return {
    ratio: found.observed[at],
    p: exactP(
      found.observed[at],
      found.permuted.map((values) => values[at]),
    ),
  };
}

/** What the report says of the permutations as a whole. */
export function permutationsOf(
  found: GroupNull,
  seed: number,
  m: number,
): Required<Pick<ValidationReport, "permutations" | "maxP">> {
  const { observed, permuted, plan } = found;
  const start = offset("heldOut", "forward", m);
  return {
    maxP: exactP(
      largest(observed, start, start + 2 * m),
      permuted.map((values) => largest(values, start, start + 2 * m)),
    ),
    permutations: {
      count: permuted.length,
      requested: permuted.length,
      seed,
      repeats: 1,
      exchange: plan.kind,
      labellings: Number.isFinite(plan.labellings) ? plan.labellings : null,
    },
  };
}
