import type { ConditionCandidate } from "../../../src/conditions/naming/proposeConditions.ts";
import { customaryOrder } from "../../../src/conditions/naming/guessName.ts";
import { placeName, type CandidatePair } from "../conditionPair.ts";

/**
 * The pairs of two files' tensors that were recorded at one place: the same tensor, layer and head, of one width; in
 * the order of the targets. Rows that a label selects are not among them.
 */
export function pairsAtOnePlace(
  targets: readonly ConditionCandidate[],
  references: readonly ConditionCandidate[],
): CandidatePair[] {
  const byPlace = new Map<string, ConditionCandidate>();
  for (const reference of references) {
    if (reference.source.label === undefined) byPlace.set(placeOf(reference), reference);
  }
  return targets.flatMap((target) => {
    const reference = target.source.label === undefined && byPlace.get(placeOf(target));
    return reference ? [{ target, reference }] : [];
  });
}

/** The same for files in no order: the customary target first, else that of the first file. */
export function pairsOfFiles(
  candidates: readonly ConditionCandidate[],
  [first, second]: readonly [string, string],
): CandidatePair[] {
  const of = (path: string) => candidates.filter(({ source }) => source.path === path);
  return pairsAtOnePlace(of(first), of(second)).map((pair) =>
    customaryOrder(pair.target.name, pair.reference.name) === -1
      ? { target: pair.reference, reference: pair.target }
      : pair,
  );
}

function placeOf(candidate: ConditionCandidate): string {
  const { source, columns, tokens } = candidate;
  const { layer, head } = source;
  return JSON.stringify([placeName(candidate), layer, head, columns, tokens !== undefined]);
}
