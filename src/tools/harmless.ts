import { printable } from "../text/printable.ts";

/** The most characters of one text: a sentence of ours with names in it fits. */
const longestText = 2000;

/**
 * A result with every text in it as one harmless line: what a terminal would obey is shown escaped, what is longer than a
 * sentence loses its middle. Keys are ours.
 */
export function harmless(result: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => [key, harmlessValue(value)]),
  );
}

function harmlessValue(value: unknown): unknown {
  if (typeof value === "string") return printable(value, longestText);
  if (Array.isArray(value)) return value.map(harmlessValue);
  return typeof value === "object" && value !== null ? harmless(value) : value;
}
