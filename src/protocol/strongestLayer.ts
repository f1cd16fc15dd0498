import { directionNames, type DirectionName } from "./direction.ts";
import type { SweptDirection, SweptLayer } from "./sweep.ts";

/** One direction of one layer of a sweep. */
export interface StrongLayer {
  readonly layer: number;
  readonly direction: DirectionName;
  readonly found: SweptDirection & { readonly heldOutRatio: number };
}

/**
 * The direction of a layer that speaks loudest: the smallest p that counts all layers, and the largest held-out ratio
 * among equal ones or as long as there is no p. A direction that its own layer's validation rejects (larger overall,
 * dependence that was ignored) comes behind all others, whatever its p.
 * @returns undefined if nothing was held out
 */
export function strongestLayer(layers: readonly SweptLayer[]): StrongLayer | undefined {
  let best: StrongLayer | undefined;
  for (const { layer, found } of layers) {
    if (found === undefined) continue;
    for (const direction of directionNames) {
      const { heldOutRatio } = found[direction];
      if (heldOutRatio === null) continue;
      const own = { layer, direction, found: { ...found[direction], heldOutRatio } };
      if (best === undefined || isStronger(own, best)) best = own;
    }
  }
  return best;
}

/** Whether a layer shows its direction: by the p that counts all layers, and not against its own verdict. */
export function isShown({ found }: StrongLayer): boolean {
  return found.correctedP !== undefined && found.correctedP <= 0.05 && !isRejected(found);
}

function isRejected({ verdict, heldOutRatio }: StrongLayer["found"]): boolean {
  return verdict === "cannot-tell" || verdict === "does-not-hold" || heldOutRatio <= 1;
}

function isStronger({ found: one }: StrongLayer, { found: other }: StrongLayer): boolean {
  if (isRejected(one) !== isRejected(other)) return isRejected(other);
  const [p, otherP] = [one.correctedP ?? 1, other.correctedP ?? 1];
  return p < otherP || (p === otherP && one.heldOutRatio > other.heldOutRatio);
}
