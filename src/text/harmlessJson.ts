/**
 * JSON whose strings mean the same as `value`'s and in which nothing is left that a terminal would obey:
 * JSON escapes C0 controls only. Numbers and punctuation have no such characters.
 * Source: RFC 8259, section 7.
 */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit))
      .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
