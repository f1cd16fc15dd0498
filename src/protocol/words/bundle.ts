import type { EngineTranslations } from "./engineTexts.ts";

/** A bundle of `l10n/`, as VS Code gives it: translations by the English text, or by text and comment. */
export type Bundle = Readonly<Record<string, string | { readonly message: string }>>;

/** What is added to an engine's template in a bundle: to VS Code it is a comment. */
export const engineMark = "/engine";

/**
 * Some texts in the language of a bundle, by the same keys.
 * @param bundle undefined if the editor's language has none
 * @returns what has no translation is in English
 */
export function translatedTexts<Key extends string>(
  texts: Readonly<Record<Key, string>>,
  bundle: Bundle | undefined,
): Readonly<Record<Key, string>> {
  if (!bundle) return texts;
  const translated = Object.entries<string>(texts).flatMap(([key, english]) => {
    const text = messageOf(bundle, english);
    return text === undefined ? [] : [[key, text] as const];
  });
  return { ...texts, ...Object.fromEntries(translated) };
}

/** What a bundle holds of the engine's templates. */
export function engineTranslations(bundle: Bundle | undefined): EngineTranslations {
  if (!bundle) return {};
  const found = Object.keys(bundle).flatMap((key) => {
    const text = key.endsWith(engineMark) ? messageOf(bundle, key) : undefined;
    return text === undefined ? [] : [[key.slice(0, -engineMark.length), text] as const];
  });
  return Object.fromEntries(found);
}

function messageOf(bundle: Bundle, key: string): string | undefined {
  const found = Object.hasOwn(bundle, key) ? bundle[key] : undefined;
  return typeof found === "object" ? found.message : found;
}
