import { numberStrings } from "../strings/numbers.ts";

type NumberWords = Readonly<Record<keyof typeof numberStrings, string>>;

/** How a language writes numbers, and the few words that stand within them. */
export interface Numerals {
  /** BCP 47; undefined for the user's own, which dates then have. */
  readonly language: string | undefined;
  readonly decimal: string;
  readonly group: string;
  readonly words: NumberWords;
}

/** As the terminal, the clipboard and every text without a translation have them. */
const english: Numerals = { language: undefined, decimal: ".", group: ",", words: numberStrings };

let inUse = english;

/** The numerals in which this page, or this host, writes numbers. */
export function numerals(): Numerals {
  return inUse;
}

/**
 * Has every number from now on written as the texts around it: once, when a page or the host starts.
 * @param language of the texts, BCP 47; English keeps the way in which its texts are written
 * @param words in that language, of which others may be among them; English ones need not be given
 */
export function writeNumbersIn(language: string, words: Readonly<Partial<NumberWords>>): void {
  if (/^en\b/i.test(language)) {
    inUse = english;
    return;
  }
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.5);
  const sign = (type: "decimal" | "group"): string =>
    parts.find((part) => part.type === type)?.value ?? english[type];
  inUse = {
    language,
    decimal: sign("decimal"),
    group: sign("group"),
    words: { ...numberStrings, ...words },
  };
}

/** A number that was written in English, in the {@link numerals} in use. */
export function localNumber(text: string): string {
  const { decimal, group } = inUse;
  if (decimal === english.decimal && group === english.group) return text;
  return text.replace(/[.,]/g, (sign) => (sign === english.decimal ? decimal : group));
}
