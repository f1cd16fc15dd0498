import type { ConditionSource } from "../condition.ts";

/**
 * Pairs of names that researchers give to two conditions; the first of each is the target by default.
 */
const namePairs: readonly (readonly [string, string])[] = [
  ["him", "her"],
  ["he", "she"],
  ["his", "hers"],
  ["male", "female"],
  ["man", "woman"],
  ["men", "women"],
  ["boy", "girl"],
  ["masculine", "feminine"],
  ["target", "reference"],
  ["foreground", "background"],
  ["positive", "negative"],
  ["pos", "neg"],
  ["true", "false"],
  ["experimental", "control"],
  ["treatment", "control"],
  ["signal", "noise"],
  ["a", "b"],
  ["s", "r"],
  ["1", "0"],
];

const knownNames = new Set(namePairs.flat());

/** Words of file and tensor names that say where activations were taken, not what they are of. */
const placeWords =
  /^(layers?\d*|blocks?|h|l\d+|\d+|mlp|attn|attention|heads?|neurons?|hook|hooks|pre|post|resid|residual|out|output|act|acts|activation|activations|hidden|states?|encoder|decoder|model|transformer|intermediate|dense|features?|f16|f32|f64|bf16|fp16|fp32|float\d+|bfloat16|npy|x|data|tensor|array)$/i;

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

/** The part of a name that says which condition it is; undefined if it says only the place. */
export function conditionWord(text: string): string | undefined {
  const parts = words(text);
  const telling = parts.filter((word) => knownNames.has(word.toLowerCase()) && !/^\d+$/.test(word));
  // Single letters are often part of something else; they count only if nothing better does.
  const best = telling.filter((word) => word.length > 1).at(-1) ?? telling.at(-1);
  if (best !== undefined) return best;
  const rest = parts.filter((word) => !placeWords.test(word));
  return rest.length === 0 ? undefined : rest.join(" ");
}

/** The file's name without folder and extension. */
export function fileStem(path: string): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== "");
  // A pattern is called by what is no pattern in it: `him/*.pt`, `him_*.pt`.
  const telling = parts.filter((part) => /[^*?]/.test(part.replace(/\.[^.]*$/, ""))).at(-1);
  const name = telling?.replace(/[*?]+/g, "") ?? parts.at(-1) ?? path;
  return name.replace(/\.(safetensors\.index\.json|moments\.safetensors|[^.]+)$/, "");
}

/**
 * What to call a condition: the user's name, else its label, the word its regular expression looks for, the
 * telling part of its tensor's name, or that of its file; layer numbers are left out.
 */
export function guessName(source: ConditionSource): string {
  if (source.name !== undefined && source.name !== "") return source.name;
  if (source.label !== undefined) return source.label.value;
  if (source.sentences !== undefined) {
    const word = /[\p{L}]{2,}/u.exec(source.sentences.pattern.replace(/\\[a-zA-Z]/g, " "))?.[0];
    if (word !== undefined) return word;
  }
  const stem = fileStem(source.path);
  const fromTensor = source.tensor === undefined ? undefined : conditionWord(source.tensor);
  return fromTensor ?? conditionWord(stem) ?? source.tensor ?? stem;
}

/**
 * What a condition may be called in a file that describes its rows: as {@link guessName}, and what that would be
 * had the user not named it.
 */
export function conditionNames(source: ConditionSource): readonly [string, ...string[]] {
  const given = guessName(source);
  const guessed = guessName({ ...source, name: "" });
  return given === guessed ? [given] : [given, guessed];
}

/**
 * Whether `first` is by custom the target and `second` the reference: 1 if so, -1 the other way round, 0
 * where custom says nothing.
 */
export function customaryOrder(first: string, second: string): -1 | 0 | 1 {
  const a = first.toLowerCase();
  const b = second.toLowerCase();
  for (const [target, reference] of namePairs) {
    if (a === target && b === reference) return 1;
    if (a === reference && b === target) return -1;
  }
  return 0;
}
