import type { ConditionCandidate } from "../../src/conditions/naming/proposeConditions.ts";
import type { ConditionSource, TokenChoice } from "../../src/conditions/condition.ts";
import { distinctNames } from "../../src/conditions/naming/distinctNames.ts";
import { customaryOrder, guessName } from "../../src/conditions/naming/guessName.ts";
import { runTitle } from "../runs/runEntry.ts";

/** Who is target and who is reference. */
export interface ConditionPair {
  readonly target: ConditionSource;
  readonly reference: ConditionSource;
}

/** The same two conditions with their roles exchanged. */
export function exchanged<Member>(pair: { target: Member; reference: Member }) {
  return { target: pair.reference, reference: pair.target };
}

/** The sources of two candidates, under names that tell them apart. */
export function pairOfCandidates(
  target: ConditionCandidate,
  reference: ConditionCandidate,
): ConditionPair {
  const names = distinctNames(target, reference);
  return {
    target: { ...target.source, name: names[0] },
    reference: { ...reference.source, name: names[1] },
  };
}

/** {@link pairOfCandidates} of sources whose names may be alike, or missing. */
export function namedPair(target: ConditionSource, reference: ConditionSource): ConditionPair {
  const candidate = (source: ConditionSource) => ({ source, name: guessName(source) });
  const names = distinctNames(candidate(target), candidate(reference));
  return {
    target: { ...target, name: names[0] },
    reference: { ...reference, name: names[1] },
  };
}

/** "53 x 3072", and the tokens where a position is still to be chosen. */
export function describeCandidate(candidate: ConditionCandidate): string {
  const { rows, columns, tokens } = candidate;
  return tokens === undefined ? `${rows} x ${columns}` : `${rows} x ${tokens} x ${columns}`;
}

/** "him vs her" of a pair of candidates. */
export function pairTitle(target: ConditionCandidate, reference: ConditionCandidate): string {
  const pair = pairOfCandidates(target, reference);
  return runTitle({ target: pair.target.name ?? "", reference: pair.reference.name ?? "" });
}

export interface CandidatePair {
  readonly target: ConditionCandidate;
  readonly reference: ConditionCandidate;
}

/**
 * The pairs of one file's tensors or labels whose names differ only in the word that names the condition
 * (a pair for each layer of `blocks.L.mlp.him` / `.her`), by custom the target first; in the file's order.
 */
export function candidatePairs(candidates: readonly ConditionCandidate[]): CandidatePair[] {
  const byPlace = new Map<string, ConditionCandidate[]>();
  for (const candidate of candidates) {
    const place = placeOf(candidate);
    byPlace.set(place, [...(byPlace.get(place) ?? []), candidate]);
  }
  return [...byPlace.values()].flatMap((members) =>
    members.flatMap((a, position) =>
      members.slice(position + 1).flatMap((b) => {
        const order = customaryOrder(a.name, b.name);
        if (order === 0) return [];
        return order === 1 ? [{ target: a, reference: b }] : [{ target: b, reference: a }];
      }),
    ),
  );
}

/** Where a candidate's activations were taken: its tensor's name without the condition's word. */
export function placeName({ source, name }: ConditionCandidate): string {
  const tensor = source.tensor ?? "";
  if (source.label) return tensor;
  const at = tensor.toLowerCase().lastIndexOf(name.toLowerCase());
  const rest =
    at < 0 || !isWord(tensor, at, at + name.length)
      ? tensor
      : tensor.slice(0, at) + tensor.slice(at + name.length);
  return rest.replace(/^[._/-]+|[._/-]+$/g, "");
}

/** Whether a part of a name is a word of it: the `a` of the file `a.npz` is none of the tensor `acts`. */
function isWord(text: string, start: number, stop: number): boolean {
  const begins = !/\p{L}$/u.test(text.slice(0, start)) || /^\p{Lu}/u.test(text.slice(start));
  return begins && !/^\p{Ll}/u.test(text.slice(stop));
}

function placeOf(candidate: ConditionCandidate): string {
  const { source, columns, tokens } = candidate;
  return JSON.stringify([source.path, placeName(candidate), source.label?.column, columns, tokens]);
}

/** The same token position for both conditions. */
export function withToken(pair: ConditionPair, token: TokenChoice): ConditionPair {
  return { target: { ...pair.target, token }, reference: { ...pair.reference, token } };
}
