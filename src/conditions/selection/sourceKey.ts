import type { ConditionSource } from "../condition.ts";

/** What a field of a source settles; a new field must be given its part here. */
const parts: Readonly<
  Record<keyof ConditionSource, "place" | "filter" | "range" | "values" | "words">
> = {
  path: "place",
  tensor: "place",
  label: "filter",
  sentences: "filter",
  further: "filter",
  rows: "range",
  elementType: "values",
  columns: "values",
  axes: "values",
  layer: "values",
  head: "values",
  token: "values",
  // How the source was written or is called, not what it is.
  longerNames: "words",
  name: "words",
};

/** The same for sources of the same rows and values of the same tensor of the same file, and for no others. */
export function sourceKey(source: ConditionSource): string {
  return keyOf({ ...source, tensor: source.tensor ?? "" }, (part) => part !== "words");
}

/** The same for sources that choose the same rows before their range of rows is counted. */
export function filterKey(source: ConditionSource): string {
  return keyOf(source, (part) => part === "filter");
}

function keyOf(
  source: ConditionSource,
  counts: (part: (typeof parts)[keyof ConditionSource]) => boolean,
): string {
  const fields = Object.keys(parts) as (keyof ConditionSource)[];
  return JSON.stringify(
    fields.filter((field) => counts(parts[field])).map((field) => source[field] ?? null),
  );
}
