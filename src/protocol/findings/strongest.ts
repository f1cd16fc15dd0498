import { directionNames, type DirectionName } from "../direction.ts";
import type { SweptDirection, SweptLayer } from "../sweep.ts";

/** One direction of one of several runs. */
export interface Strongest<Run> {
  readonly run: Run;
  readonly direction: DirectionName;
  readonly found: SweptDirection & { readonly heldOutRatio: number };
}

/**
 * The direction of several runs that speaks loudest: the smallest p that counts all of them, and the largest held-out
 * ratio among equal ones or as long as there is no p. A direction that its own run's validation rejects (larger overall,
 * dependence that was ignored) comes behind all others, whatever its p.
 * @param runs layers of a sweep, or pairs of labels
 * @param isMeant which directions may be it; all if left out
 * @returns undefined if nothing was held out
 */
export function strongest<Run extends Pick<SweptLayer, "found">>(
  runs: readonly Run[],
  isMeant: (found: SweptDirection) => boolean = () => true,
): Strongest<Run> | undefined {
  let best: Strongest<Run> | undefined;
  for (const run of runs) {
    const { found } = run;
    if (found === undefined) continue;
    for (const direction of directionNames) {
      const { heldOutRatio } = found[direction];
      if (heldOutRatio === null || !isMeant(found[direction])) continue;
      const own = { run, direction, found: { ...found[direction], heldOutRatio } };
      if (best === undefined || isStronger(own.found, best.found)) best = own;
    }
  }
  return best;
}

/** Whether a direction is shown: by the p that counts all runs, and not against its own verdict. */
export function isShown(found: SweptDirection): boolean {
  return found.correctedP !== undefined && found.correctedP <= 0.05 && !isRejected(found);
}

/**
 * The verdict on a direction once all runs are counted: that of its own run, with the corrected p in place of its own.
 * @returns undefined as long as no p is corrected
 */
export function countedVerdict(found: SweptDirection): SweptDirection["verdict"] {
  const { verdict, correctedP } = found;
  if (correctedP === undefined) return undefined;
  return verdict === "holds" && !isShown(found) ? "not-shown" : verdict;
}

function isRejected({ verdict, heldOutRatio }: SweptDirection): boolean {
  return (
    verdict === "cannot-tell" ||
    verdict === "does-not-hold" ||
    heldOutRatio === null ||
    heldOutRatio <= 1
  );
}

function isStronger(one: Strongest<unknown>["found"], other: Strongest<unknown>["found"]): boolean {
  if (isRejected(one) !== isRejected(other)) return isRejected(other);
  const [p, otherP] = [one.correctedP ?? 1, other.correctedP ?? 1];
  return p < otherP || (p === otherP && one.heldOutRatio > other.heldOutRatio);
}
