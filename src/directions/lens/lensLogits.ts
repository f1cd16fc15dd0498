import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import type { TokenNames } from "./vocabulary.ts";

/** Words of a user's, each meant as the token that it begins with. */
export type TokenSet = readonly string[];

export interface LensToken {
  /** A token without a name is called by its number: "#123". */
  readonly token: string;
  readonly id: number;
  readonly logit: number;
}

/** What one direction does to the logits. */
export interface LensLogits {
  /** The largest first. */
  readonly up: readonly LensToken[];
  /** The smallest first. */
  readonly down: readonly LensToken[];
  /** Standard deviation over the vocabulary. */
  readonly sd: number;
  /** Of two sets of tokens: mean logit of the first less that of the second, also in standard deviations. */
  readonly score?: {
    readonly difference: number;
    readonly inSd: number;
    readonly sign: -1 | 0 | 1;
  };
}

/**
 * The ends of one direction's logits, and how they tell two sets of tokens apart.
 * @param logits [V]
 * @param most tokens at each end
 * @throws EigenlensError "usage" for a word that is no token
 */
export function sayLogits(
  logits: Float64Array,
  names: TokenNames,
  most: number,
  sets: readonly [TokenSet, TokenSet] | undefined,
): LensLogits {
  const mean = logits.reduce((sum, value) => sum + value, 0) / logits.length;
  const squares = logits.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sd = Math.sqrt(squares / Math.max(1, logits.length - 1));
  const order = Uint32Array.from(logits.keys()).sort((a, b) => logits[b] - logits[a] || a - b);
  const describe = (ids: Uint32Array): LensToken[] =>
    Array.from(ids, (id) => ({ token: names[id] ?? `#${id}`, id, logit: logits[id] }));
  return {
    up: describe(order.subarray(0, most)),
    down: describe(order.slice(-most).reverse()),
    sd,
    ...(sets === undefined ? {} : { score: scoreOf(logits, sd, sets, names) }),
  };
}

function scoreOf(
  logits: Float64Array,
  sd: number,
  sets: readonly [TokenSet, TokenSet],
  names: TokenNames,
): NonNullable<LensLogits["score"]> {
  const [first, second] = sets.map((set) => {
    const ids = set.map((word) => tokenOf(word, names));
    return ids.reduce((sum, id) => sum + logits[id], 0) / ids.length;
  });
  const difference = first - second;
  return {
    difference,
    inSd: sd > 0 ? difference / sd : 0,
    sign: difference > 0 ? 1 : difference < 0 ? -1 : 0,
  };
}

/** Within a sentence a word's token begins with a space; that token is meant if there is one. */
function tokenOf(word: string, names: TokenNames): number {
  const spaced = names.indexOf(` ${word}`);
  const id = spaced === -1 ? names.indexOf(word) : spaced;
  if (id !== -1) return id;
  throw new EigenlensError(
    "usage",
    `"${printable(word, 60)}" is no single token of this vocabulary: name the token that it begins with.`,
  );
}

/**
 * Reads two sets of words: `he,him/she,her`. Spaces around a word count for nothing.
 * @throws EigenlensError "usage" for anything else
 */
export function parseTokenSets(text: string): readonly [TokenSet, TokenSet] {
  const [first = [], second = [], ...more] = text.split("/").map((part) =>
    part
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  );
  if (first.length > 0 && second.length > 0 && more.length === 0) return [first, second];
  throw new EigenlensError(
    "usage",
    `"${printable(text, 100)}" names no two sets of tokens: write he,him/she,her.`,
  );
}
