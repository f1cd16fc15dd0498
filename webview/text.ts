import type { StringKey, StringValues } from "../src/protocol/strings.ts";
import { engineTexts } from "../src/protocol/words/engineTexts.ts";
import { fillTemplate } from "../src/protocol/words/fillTemplate.ts";
import { writeNumbersIn } from "../src/protocol/words/numerals.ts";
import type { Translations } from "../src/protocol/words/translations.ts";

declare global {
  /** Set by the page before the bundle runs. */
  var eigenlensTranslations: Translations;
}

/**
 * The text under `key` in the user's language, its names in braces filled with `values`.
 * A compile-time error if a value is missing.
 */
export function text<Key extends StringKey>(key: Key, ...values: StringValues<Key>): string {
  return fillTemplate(globalThis.eigenlensTranslations.strings[key], values[0] ?? {});
}

let translateEngine: ((english: string) => string) | undefined;

/** What the engine says (a step, a warning, an error's line) in the user's language; any other text as it is. */
export function engineText(english: string): string {
  translateEngine ??= engineTexts(globalThis.eigenlensTranslations.engine);
  return translateEngine(english);
}

/** Has this page write numbers as its texts: call it once, before anything is drawn. */
export function writeNumbersAsTexts(): void {
  const { language, strings } = globalThis.eigenlensTranslations;
  writeNumbersIn(language, strings);
}
