import { englishStrings, type Strings } from "../strings.ts";
import { engineTranslations, translatedTexts, type Bundle } from "./bundle.ts";
import type { EngineTranslations } from "./engineTexts.ts";

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
  return {
    language: bundle ? language : "en",
    strings: translatedTexts(englishStrings, bundle),
    engine: engineTranslations(bundle),
  };
}
