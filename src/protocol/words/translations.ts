import type { EngineTranslations } from "./engineTexts.ts";
import { englishStrings, type Strings } from "../strings.ts";

/** A bundle of `l10n/`, as VS Code gives it: translations by the English text, or by text and comment. */
export type Bundle = Readonly<Record<string, string | { readonly message: string }>>;

/** What is added to an engine's template in a bundle: to VS Code it is a comment. */
export const engineMark = "/engine";

export interface Translations {
  /** Of the texts, BCP 47: English if there is no bundle for the editor's own. */
  readonly language: string;
  /** All of them: what has no translation is in English. */
  readonly strings: Strings;
  readonly engine: EngineTranslations;
}

/**
 * The webviews' texts and the engine's in the language of a bundle.
 * @param bundle undefined if the editor's language has none
 */
export function translationsOf(language: string, bundle: Bundle | undefined): Translations {
  if (!bundle) return { language: "en", strings: englishStrings, engine: {} };
  const messageOf = (key: string): string | undefined => {
    const found = Object.hasOwn(bundle, key) ? bundle[key] : undefined;
    return typeof found === "object" ? found.message : found;
  };
  const translated = Object.entries(englishStrings).flatMap(([key, english]) => {
    const text = messageOf(english);
    return text === undefined ? [] : [[key, text] as const];
  });
  const strings: Strings = { ...englishStrings, ...Object.fromEntries(translated) };
  const engine = Object.keys(bundle).flatMap((key) => {
    const text = key.endsWith(engineMark) ? messageOf(key) : undefined;
    return text === undefined ? [] : [[key.slice(0, -engineMark.length), text] as const];
  });
  return { language, strings, engine: Object.fromEntries(engine) };
}
