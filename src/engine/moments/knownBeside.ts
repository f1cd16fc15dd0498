import type { MomentsFolds } from "../../ged/validation/moments/input.ts";
import type { FoldAssignment } from "../../moments/metadata.ts";
import type { SharedRange } from "../../moments/momentsRange.ts";
import { sharePercent } from "../../text/sharePercent.ts";
import { countKept, inRange, type KeptPair } from "./keptPair.ts";

/** What two documents hold beside their sums. */
export interface KnownBeside {
  readonly range: SharedRange | undefined;
  readonly kept: KeptPair | undefined;
}

/** What everyone who reads the numbers must know, one line each: what they are of, and which rows there are. */
export function originNotes(
  [own, other]: readonly [number, number],
  assignment: FoldAssignment | undefined,
  { range, kept }: KnownBeside,
): string[] {
  const isPermuted = assignment?.groups !== undefined;
  const { target, reference } = countKept(kept);
  const none = isPermuted
    ? `From moments: sums over ${own} and ${other} rows, of which none is at hand, so rows are not projected and labels are permuted by groups of clusters.`
    : `From moments: sums over ${own} and ${other} rows, of which none is at hand, so rows are not projected and labels cannot be permuted.`;
  const some = isPermuted
    ? `From moments: sums over ${own} and ${other} rows; ${target} of ${own} and ${reference} of ${other} rows, drawn at random, are projected, and labels are permuted by groups of clusters.`
    : `From moments: sums over ${own} and ${other} rows; ${target} of ${own} and ${reference} of ${other} rows, drawn at random, are projected, and labels cannot be permuted.`;
  return [
    kept === undefined ? none : some,
    ...(range === undefined
      ? []
      : [
          `Moments are in ${range.dimensions} random-projection dimensions that hold ${sharePercent(range.share)} % of the variance of both conditions: no component holds any of the rest.`,
        ]),
  ];
}

/** Rows are held out if it is known in which fold each lies. */
export function sampleOf({ range, kept }: KnownBeside): Pick<MomentsFolds, "sample"> {
  const [own, other] = [kept?.target.folds, kept?.reference.folds];
  if (kept === undefined || own === undefined || other === undefined) return {};
  return {
    sample: {
      target: { values: inRange(kept.target, range), folds: own },
      reference: { values: inRange(kept.reference, range), folds: other },
    },
  };
}
