import { EigenlensError } from "../../../errors.ts";
import { missingValue, raggedList } from "../nestedRows.ts";

/** Axes that a nested list of numbers may have. */
const mostAxes = 8;

/**
 * Parses JSON as Python writes it: NaN and infinities, which JSON has no words for, are read too.
 * @param where the file (and line), for the message
 * @throws EigenlensError "file-format" with the parser's reason
 */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const mended = /\b(NaN|Infinity)\b/.test(text) ? replaceConstants(text) : undefined;
    if (mended !== undefined) {
      try {
        return JSON.parse(mended);
      } catch {
        // The first error tells of the text as it is in the file.
      }
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError(
      "file-format",
      `${where}: not JSON (${reason}): it is cut short or damaged; save it again.`,
      { cause },
    );
  }
}

/** Words outside strings become null (read as NaN) and numbers too large for a double (read as infinite). */
function replaceConstants(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (match) => {
    if (match.startsWith('"')) return match;
    if (match.endsWith("NaN")) return "null";
    return match.startsWith("-") ? "-1e999" : "1e999";
  });
}

/** A number, or null for NaN. */
function isNumber(value: unknown): boolean {
  return typeof value === "number" || value === null;
}

/**
 * The shape of a nested list of numbers, told from its first entries; undefined if it begins otherwise.
 */
export function nestedShape(value: unknown): number[] | undefined {
  const shape: number[] = [];
  let inner = value;
  while (Array.isArray(inner)) {
    if (shape.length === mostAxes) return undefined;
    shape.push(inner.length);
    if (inner.length === 0) return shape;
    inner = inner[0];
  }
  return shape.length > 0 && isNumber(inner) ? shape : undefined;
}

/** A list of texts, whole numbers or booleans; undefined for anything else. */
export function labelList(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = value.every((entry) => typeof entry === "string");
  const wholes = value.every((entry) => Number.isInteger(entry) || typeof entry === "boolean");
  return texts || wholes ? value.map(String) : undefined;
}

/**
 * Writes a nested list in C order.
 * @param describe names the list for the message, as in "rows.jsonl, row 3, activation"
 * @returns the position after the last value written
 * @throws EigenlensError "file-format" if the list is ragged or holds something else than numbers
 */
export function flattenInto(
  value: unknown,
  shape: readonly number[],
  destination: Float64Array,
  start: number,
  describe: () => string,
): number {
  const [extent, ...inner] = shape;
  if (extent === undefined) {
    if (!isNumber(value)) {
      throw new EigenlensError(
        "file-format",
        `${describe()} holds ${JSON.stringify(value).slice(0, 40)}, expected a number: correct it.`,
      );
    }
    destination[start] = typeof value === "number" ? value : Number.NaN;
    return start + 1;
  }
  if (value === null || value === undefined) throw missingValue(describe());
  if (!Array.isArray(value)) {
    throw new EigenlensError(
      "file-format",
      `${describe()} holds a ${typeof value}, the first row a list of ${extent}: correct it or drop the row.`,
    );
  }
  if (value.length !== extent) throw raggedList(describe(), shape, value.length);
  let position = start;
  for (const entry of value) {
    position = flattenInto(entry, inner, destination, position, describe);
  }
  return position;
}
