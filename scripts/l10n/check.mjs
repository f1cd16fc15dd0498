// What a translation lacks, or has too much.
const placeholder = /\{\w+\}/g;

/** Texts that may be the same in every language: signs, numbers, names and the field's own words. */
const sameEverywhere =
  /^(?:[^A-Za-z]|\{\w+\}|AUC|Eigenlens|GED|Ledoit|Wolf|OAS|tensor|log|vs|ms|p|q|S|R|I)*$/i;

/**
 * What is wrong with a translation, one line each.
 * @param {Record<string, unknown>} english keys, each its own text unless it is a string or has a message
 * @param {Record<string, unknown>} translated
 */
export function faultsOf(english, translated) {
  const faults = [];
  for (const key of Object.keys(english)) {
    const text = translated[key];
    const original = messageOf(english[key]);
    if (typeof text !== "string" || text === "") faults.push(`missing: ${key}`);
    else if (placeholders(text) !== placeholders(original)) {
      faults.push(`other placeholders: ${key}`);
    } else if (text === original && !sameEverywhere.test(text)) faults.push(`untranslated: ${key}`);
  }
  for (const key of Object.keys(translated)) {
    if (!Object.hasOwn(english, key)) faults.push(`stale: ${key}`);
  }
  return faults;
}

/** @param {unknown} entry */
function messageOf(entry) {
  return typeof entry === "string" ? entry : String(Object(entry).message);
}

/** @param {string} text */
function placeholders(text) {
  return [...new Set(text.match(placeholder))].sort().join();
}
