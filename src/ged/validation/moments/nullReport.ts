import type { DirectionName } from "../../method/directions.ts";
import { heldOutBand } from "../permutation/heldOutBand.ts";
import { permutationInterval } from "../permutation/interval.ts";
import { componentsP, distributionOf, edgeOf, largestP } from "../permutation/labelledNull.ts";
import { ratiosAt } from "../permutation/statistics.ts";
import type { DirectionReport, ScoredComponent, ValidationReport } from "../report.ts";
import type { GroupNull } from "./groupNull.ts";

/** A component with what permutations say of it. */
export function withNull(
  component: ScoredComponent,
  found: GroupNull,
  direction: DirectionName,
  c: number,
): ScoredComponent {
  const at = ratiosAt("heldOut", direction, found.components) + c;
  const own = found.permuted.map((values) => values[at]);
  const { heldOut } = component;
  const interval = heldOut === null ? undefined : permutationInterval(heldOut.ratio, own);
  return {
    ...component,
    ...(interval === undefined ? {} : { heldOutRatioInterval: interval }),
    ...componentsP(found, direction, c),
    permutedHeldOut: heldOutBand(own),
  };
}

/** What permutations say of component 1 of a direction, and of how many components are above them. */
export function nullOf(
  found: GroupNull,
  direction: DirectionName,
): Required<Pick<DirectionReport, "permutation" | "noiseEdge">> {
  return {
    permutation: {
      inSample: distributionOf(found, "inSample", direction),
      heldOut: distributionOf(found, "heldOut", direction),
    },
    noiseEdge: edgeOf(found, direction),
  };
}

/** What the report says of the permutations as a whole. */
export function permutationsOf(
  found: GroupNull,
  seed: number,
): Required<Pick<ValidationReport, "permutations" | "maxP">> {
  const { permuted, plan, labelling } = found;
  return {
    maxP: largestP(found),
    permutations: {
      count: permuted.length,
      requested: permuted.length,
      seed,
      repeats: 1,
      exchange: plan.kind,
      labellings: Number.isFinite(plan.labellings) ? plan.labellings : null,
      labelling,
    },
  };
}
