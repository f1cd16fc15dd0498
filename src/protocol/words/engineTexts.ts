import { localNumber } from "./numerals.ts";

/** Translations of the engine's texts by their English templates, in which `{0}`, `{1}` stand for values. */
export type EngineTranslations = Readonly<Record<string, string>>;

interface Template {
  /** The English text between the values: one piece more than there are values. */
  readonly pieces: readonly string[];
  readonly translation: string;
}

/**
 * Translates what the engine says. It says it in English, as a terminal and a stored run have it, and the template
 * that a text was made from is found again by what stands between its values: one way for steps, warnings and
 * errors, for those of a run that was stored years ago too.
 * @returns a function that gives a text back as it came if no template fits
 */
export function engineTexts(translations: EngineTranslations): (english: string) => string {
  const templates = Object.entries(translations)
    .map(([english, translation]): Template => ({ pieces: english.split(/\{\d+\}/), translation }))
    // The most telling first: what fits a long template fits a short one perhaps too.
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  const fitting = (
    english: string,
    fits: (values: readonly string[]) => boolean,
  ): string | undefined => {
    for (const { pieces, translation } of templates) {
      const values = valuesIn(english, pieces);
      if (!values || !fits(values)) continue;
      return translation.replace(/\{(\d+)\}/g, (whole, place: string) => {
        const value = values[Number(place)];
        return value === undefined ? whole : inWords(value);
      });
    }
    return undefined;
  };
  // A name stays as it is, even if it reads like a text: of values only words and counts are translated.
  const inWords = (value: string): string =>
    isNumber.test(value)
      ? localNumber(value)
      : (fitting(value, (values) => values.every((each) => isNumber.test(each))) ?? value);
  return (english) => {
    const whole = fitting(english, () => true);
    if (whole !== undefined) return whole;
    // A line about something: its name, a colon, and a line that stands for itself.
    const colon = english.indexOf(": ");
    const line = colon < 0 ? undefined : fitting(english.slice(colon + 2), () => true);
    return line === undefined ? english : `${inWords(english.slice(0, colon))}: ${line}`;
  };
}

/** A number with thousands separated, perhaps with a unit. */
const isNumber = /^[-\u2212]?\d[\d,]*(\.\d+)?(e[-+\u2212]?\d+)?(\s?(x|×|%|[kMGT]?B))?$/;

function lengthOf({ pieces }: Template): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/**
 * What stands between the pieces; undefined if the text does not consist of them. Each piece is taken where it
 * comes first, and the last at the end, so that the time is in proportion to the text, whatever a name holds.
 */
function valuesIn(text: string, pieces: readonly string[]): string[] | undefined {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first ? [] : undefined;
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const values: string[] = [];
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const next = text.indexOf(piece, at);
    if (next < 0) return undefined;
    values.push(text.slice(at, next));
    at = next + piece.length;
  }
  if (at > end) return undefined;
  return [...values, text.slice(at, end)];
}
