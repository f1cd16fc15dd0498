import {
  englishStrings,
  fillTemplate,
  type StringKey,
  type StringOverrides,
  type StringValues,
} from "../src/protocol/strings.ts";

declare global {
  /** Set by the host before the bundle runs, where it has a translation. */
  var eigenlensStrings: StringOverrides | undefined;
}

/**
 * The text under `key` in the user's language, its names in braces filled with `values`.
 * A compile-time error where a value is missing.
 */
export function text<Key extends StringKey>(key: Key, ...values: StringValues<Key>): string {
  const template = globalThis.eigenlensStrings?.[key] ?? englishStrings[key];
  return fillTemplate(template, values[0] ?? {});
}
