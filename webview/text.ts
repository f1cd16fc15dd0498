import { engineTexts } from "../src/protocol/words/engineTexts.ts";
import { fillTemplate } from "../src/protocol/words/fillTemplate.ts";
import { writeNumbersIn } from "../src/protocol/words/numerals.ts";
import { englishStrings, type StringKey, type StringValues } from "../src/protocol/strings.ts";
import type { Translations } from "../src/protocol/words/translations.ts";

declare global {
  /** Set by the host before the bundle runs. */
  var eigenlensTranslations: Translations | undefined;
}

/**
 * The text under `key` in the user's language, its names in braces filled with `values`.
 * A compile-time error if a value is missing.
 */
export function text<Key extends StringKey>(key: Key, ...values: StringValues<Key>): string {
  const template = globalThis.eigenlensTranslations?.strings[key] ?? englishStrings[key];
  return fillTemplate(template, values[0] ?? {});
}

let translateEngine: ((english: string) => string) | undefined;

/** What the engine says (a step, a warning, an error's line) in the user's language; any other text as it is. */
export function engineText(english: string): string {
  translateEngine ??= engineTexts(globalThis.eigenlensTranslations?.engine ?? {});
  return translateEngine(english);
}

/** Has this page write numbers as its texts: call it once, before anything is drawn. */
export function writeNumbersAsTexts(): void {
  const translations = globalThis.eigenlensTranslations;
  if (translations) writeNumbersIn(translations.language, translations.strings);
}
