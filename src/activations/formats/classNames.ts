import { isRecord, lookup } from "../../lookup.ts";

const longestMetadata = 16 * 2 ** 20;

/**
 * The names of the classes that Hugging Face datasets keep as whole numbers (features of type ClassLabel), by
 * column: the first name is that of 0.
 * @param metadata the schema's entry `huggingface`, a JSON text
 */
export function classNames(metadata: string | undefined): ReadonlyMap<string, readonly string[]> {
  const features = entry(entry(parsed(metadata), "info"), "features");
  const found = new Map<string, readonly string[]>();
  if (!isRecord(features)) return found;
  for (const [column, feature] of Object.entries(features)) {
    const names = entry(feature, "names");
    if (entry(feature, "_type") !== "ClassLabel" || !Array.isArray(names)) continue;
    found.set(column, names.map(String));
  }
  return found;
}

/**
 * The columns that pandas calls the index of a frame.
 * @param metadata the schema's entry `pandas`, a JSON text
 */
export function indexColumns(metadata: string | undefined): ReadonlySet<string> {
  const columns = entry(parsed(metadata), "index_columns");
  if (!Array.isArray(columns)) return new Set();
  return new Set(columns.filter((column) => typeof column === "string"));
}

/** A class by its name; a number without one (datasets write -1 for none) stays as it is. */
export function nameOfClass(names: readonly string[], code: string): string {
  return (/^\d{1,9}$/.test(code) ? names[Number(code)] : undefined) ?? code;
}

function parsed(metadata: string | undefined): unknown {
  if (metadata === undefined || metadata.length > longestMetadata) return undefined;
  try {
    return JSON.parse(metadata);
  } catch {
    // Whatever else is kept under this key says nothing of classes.
    return undefined;
  }
}

function entry(value: unknown, key: string): unknown {
  return isRecord(value) ? lookup(value, key) : undefined;
}
