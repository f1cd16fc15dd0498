import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import type { TokenRule } from "./options.ts";

/** A model has fewer blocks. */
const mostLayers = 1000;

/**
 * `0,6` or `0-11`, as numbers of blocks, counted from 0, ascending, each once.
 * @throws EigenlensError "usage" for anything else
 */
export function parseLayers(text: string): readonly number[] {
  const layers = new Set<number>();
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === "" || to < from || to >= mostLayers) {
      throw new EigenlensError(
        "usage",
        `"${printable(text, 100)}" names no layers: write numbers of blocks, counted from 0, such as 0,6 or 0-11.`,
      );
    }
    for (let layer = from; layer <= to; layer += 1) layers.add(layer);
  }
  return [...layers].sort((a, b) => a - b);
}

/**
 * `last`, `mean`, `3`, `-2`, `bank`, or `him/her`: a word for each condition, in their order. A word that means
 * something else here is written `word:last`.
 * @throws EigenlensError "usage" for an empty word, or more words than conditions
 */
export function parseTokenRule(text: string): TokenRule {
  const rule = text.trim();
  if (rule === "last" || rule === "mean") return { kind: rule };
  const index = /^(?:index:)?([+-]?\d{1,9})$/.exec(rule)?.[1];
  if (index !== undefined) return { kind: "index", index: Number(index) };
  const words = rule
    .replace(/^word:/, "")
    .split("/")
    .map((word) => word.trim());
  const [first = "", second, ...more] = words;
  if (words.includes("") || more.length > 0) {
    throw new EigenlensError(
      "usage",
      `"${printable(text, 100)}" is no token: write last, mean, a number such as 3 or -2, a word, or a word for each condition such as him/her.`,
    );
  }
  return { kind: "word", words: second === undefined ? [first] : [first, second] };
}

/**
 * `him,her`, as two names.
 * @throws EigenlensError "usage" for another number of them
 */
export function parseConditions(text: string): readonly [string, string] {
  const [first, second, ...more] = text.split(",").map((name) => name.trim());
  if (!first || !second || more.length > 0) {
    throw new EigenlensError(
      "usage",
      `"${printable(text, 100)}" names no two conditions: write both, such as him,her.`,
    );
  }
  return [first, second];
}
