import { customaryOrder, guessName } from "../../src/conditions/naming/guessName.ts";
import type { ConditionSource } from "../../src/conditions/condition.ts";
import { EigenlensError } from "../../src/errors.ts";
import { likelyPairs } from "../activations/likelyPairs.ts";
import type { ConditionPair } from "./conditionPair.ts";
import { namedPair } from "./conditionPair.ts";

/** One path for both conditions, or target then reference. */
export type NextPaths = readonly [string, string?];

/** Whether both conditions were taken from one file: by tensor, label column or regular expression. */
export function isOfOneFile({ target, reference }: ConditionPair): boolean {
  return target.path === reference.path;
}

/**
 * The files on which a choice is repeated. Of two files each keeps the role of the file that it is like;
 * one file is completed by the one that belongs to it as the last two belonged together.
 * @param chosen the next file or two
 * @param files of the workspace, among which the other file is looked for
 * @returns undefined if a file is missing
 * @throws EigenlensError "usage" if two files are chosen and the last choice was of one
 */
export function nextPaths(
  last: ConditionPair,
  chosen: readonly string[],
  files: readonly string[],
): NextPaths | undefined {
  const [first, second] = chosen;
  if (first === undefined) return undefined;
  if (isOfOneFile(last)) {
    if (second === undefined) return [first];
    throw new EigenlensError(
      "usage",
      "Two files are selected, and the last choice took both conditions from one: select one file.",
    );
  }
  if (second !== undefined) return inRoles(last, first, second);
  return (
    completed(last, first, files) ??
    likelyPairs(files)
      .filter(({ target, reference }) => target === first || reference === first)
      .map(({ target, reference }) => inRoles(last, target, reference))[0]
  );
}

/**
 * The choice made for one file, for another: every selection stays, only paths change, and the names that
 * were taken from them.
 */
export function repeatedPair(last: ConditionPair, paths: NextPaths): ConditionPair {
  const target = { ...withoutName(last.target), path: paths[0] };
  const reference = { ...withoutName(last.reference), path: paths[1] ?? paths[0] };
  const guessed = namedPair(withoutName(last.target), withoutName(last.reference));
  const given = (role: "target" | "reference") =>
    last[role].name !== undefined && last[role].name !== guessed[role].name;
  const named = namedPair(target, reference);
  return {
    target: given("target") ? { ...target, name: last.target.name } : named.target,
    reference: given("reference") ? { ...reference, name: last.reference.name } : named.reference,
  };
}

function withoutName({ name: _name, ...source }: ConditionSource): ConditionSource {
  return source;
}

/** Two files in the roles of the last: by what told those two apart, by their names, by custom. */
function inRoles(last: ConditionPair, first: string, second: string): NextPaths {
  const both = [first, second];
  const alike = completed(last, first, both);
  if (alike) return alike;
  const named = (path: string, source: ConditionSource) =>
    guessName({ path }) === guessName({ path: source.path });
  if (named(first, last.target) || named(second, last.reference)) return [first, second];
  if (named(second, last.target) || named(first, last.reference)) return [second, first];
  return customaryOrder(guessName({ path: first }), guessName({ path: second })) === -1
    ? [second, first]
    : [first, second];
}

/**
 * The file that belongs to `path`: the words that told the last two paths apart are exchanged in it.
 * @param files among which it must be
 */
function completed(
  last: ConditionPair,
  path: string,
  files: readonly string[],
): NextPaths | undefined {
  const targetWords = words(last.target.path);
  const referenceWords = words(last.reference.path);
  if (targetWords.length !== referenceWords.length) return undefined;
  const differing = targetWords.flatMap((word, place) => {
    const other = referenceWords[place] ?? "";
    return word === other ? [] : [[word, other] as const];
  });
  const other = (exchange: ReadonlyMap<string, string>) => {
    const made = words(path)
      .map((word) => exchange.get(word) ?? word)
      .join("");
    return made !== path && files.includes(made) ? made : undefined;
  };
  const reference = other(new Map(differing));
  if (reference !== undefined) return [path, reference];
  const target = other(new Map(differing.map(([a, b]) => [b, a] as const)));
  return target === undefined ? undefined : [target, path];
}

/** Words and what stands between them, so that joining gives the path again. */
function words(path: string): string[] {
  return path.split(/([^\p{L}\p{N}]+)/u);
}
