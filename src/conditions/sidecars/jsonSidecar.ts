import { isRecord, lookup } from "../../lookup.ts";
import { clusterAliases, groupAliases } from "../selection/rowVectors.ts";
import type { Sidecar } from "./sidecar.ts";

/**
 * A list of texts, an object of lists, a list of records, or `{"pairs": [{"him": ..., "her": ...}]}`. What is of none
 * of these kinds is passed over.
 * @param value as parsed
 */
export function jsonSidecar(path: string, value: unknown): Sidecar {
  const columns = new Map<string, readonly string[]>();
  if (isScalars(value)) columns.set("", value.map(String));
  if (isRecords(value)) addRecords(columns, value);
  if (!isRecord(value)) return { path, columns, pairCount: 0 };
  for (const [name, entry] of Object.entries(value)) {
    if (addColumn(columns, name, entry) || name === "pairs") continue;
    if (isRecords(entry)) addRecords(columns, entry);
    else if (isIdentifier(name) && isRecord(entry)) addParts(columns, name, entry);
  }
  const { pairs } = value;
  if (!isRecords(pairs)) return { path, columns, pairCount: 0 };
  const pairColumns = new Map<string, readonly string[]>();
  addRecords(pairColumns, pairs);
  const byCondition = new Map(
    [...pairColumns].filter(([name]) =>
      pairs.every((pair) => typeof lookup(pair, name) === "string"),
    ),
  );
  return { path, columns, pairs: byCondition, pairColumns, pairCount: pairs.length };
}

/** Every scalar entry that all records have becomes a column; identifiers may be missing in some. */
function addRecords(
  columns: Map<string, readonly string[]>,
  records: readonly Readonly<Record<string, unknown>>[],
): void {
  const names = new Set(Object.keys(records[0] ?? {}));
  for (const name of [...groupAliases, ...clusterAliases]) {
    if (records.some((record) => lookup(record, name) !== undefined)) names.add(name);
  }
  for (const name of names) {
    // A name that a record lacks is no column. Asked first, a file's time is bounded by its size, not by names times
    // records.
    if (!isIdentifier(name) && records.some((record) => lookup(record, name) === undefined)) {
      continue;
    }
    addColumn(
      columns,
      name,
      records.map((record) => lookup(record, name)),
    );
  }
}

/** Identifiers of each condition on their own: `{"clusters": {"him": [...], "her": [...]}}`. */
function addParts(
  columns: Map<string, readonly string[]>,
  name: string,
  parts: Readonly<Record<string, unknown>>,
): void {
  for (const [condition, entry] of Object.entries(parts)) {
    const values = isIdentifiers(entry) ? entry : [];
    if (values.length > 0) columns.set(`${name}.${condition}`, values.map(textOf));
  }
}

/** @returns whether it is one text for each row */
function addColumn(columns: Map<string, readonly string[]>, name: string, entry: unknown): boolean {
  if (!isScalars(entry) && !(isIdentifier(name) && isIdentifiers(entry))) return false;
  columns.set(name, entry.map(textOf));
  return true;
}

/** Empty for what is missing. */
function textOf(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function isIdentifier(name: string): boolean {
  const lower = name.toLowerCase();
  return groupAliases.includes(lower) || clusterAliases.includes(lower);
}

function isIdentifiers(value: unknown): value is (string | number | boolean | null | undefined)[] {
  return (
    Array.isArray(value) &&
    value.some((entry) => entry !== null && entry !== undefined) &&
    isScalars(value.map((entry: unknown) => entry ?? ""))
  );
}

function isRecords(value: unknown): value is Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function isScalars(value: unknown): value is (string | number | boolean)[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => ["string", "number", "boolean"].includes(typeof entry))
  );
}
