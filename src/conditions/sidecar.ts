import type { ActivationFile } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { extensionOf } from "../activations/detectFormat.ts";
import { openActivationFile } from "../activations/openActivationFile.ts";
import { EigenlensError } from "../errors.ts";
import { lookup } from "../lookup.ts";

/** What a small file beside the data says of its rows: columns of text, or one text a condition for each pair. */
export interface Sidecar {
  readonly path: string;
  /** Columns of equal standing, each one text a row. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** From a `pairs` list: for each condition's name, its sentence in every pair. */
  readonly pairs?: ReadonlyMap<string, readonly string[]>;
  readonly pairCount: number;
}

const longestSidecar = 64 * 2 ** 20;

/**
 * Reads a sidecar: JSON (a list of texts, an object of lists, a list of records, or `{"pairs": [{"him": ...,
 * "her": ...}]}`), plain text (one a line), or a vector or table in csv, tsv, npy or npz.
 * @throws EigenlensError "file-access" or "file-format"
 */
export async function readSidecar(path: string, fileSystem: FileSystem): Promise<Sidecar> {
  const extension = extensionOf(path);
  if (extension !== "json" && extension !== "txt") return tableSidecar(path, fileSystem);
  const text = await readText(path, fileSystem);
  if (extension === "txt") {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    return { path, columns: new Map([["", lines]]), pairCount: 0 };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError("file-format", `${path} is not JSON (${reason}): correct it.`, {
      cause,
    });
  }
  return jsonSidecar(path, value);
}

async function readText(path: string, fileSystem: FileSystem): Promise<string> {
  const source = await fileSystem.open(path);
  try {
    if (source.byteLength > longestSidecar) {
      throw new EigenlensError(
        "file-format",
        `${path} has ${source.byteLength} bytes, more than the ${longestSidecar} of a file that describes rows.`,
      );
    }
    return new TextDecoder().decode(await source.read(0, source.byteLength));
  } finally {
    await source.close();
  }
}

async function tableSidecar(path: string, fileSystem: FileSystem): Promise<Sidecar> {
  const file = await openActivationFile(path, fileSystem);
  try {
    const columns = new Map<string, readonly string[]>();
    for (const { name, shape, unreadable } of file.tensors) {
      if (unreadable !== undefined) continue;
      if (shape.length === 1) columns.set(name, await file.readLabels(name));
      // A table of one column of numbers reads as a matrix of one column.
      else if (shape.length === 2 && shape[1] === 1)
        columns.set(name, await singleColumn(file, name));
    }
    return { path, columns, pairCount: 0 };
  } finally {
    await file.close();
  }
}

async function singleColumn(file: ActivationFile, name: string): Promise<string[]> {
  const rows = file.tensors.find((tensor) => tensor.name === name)?.shape[0] ?? 0;
  const values = new Float64Array(rows);
  await file.readRows(name, 0, rows, values);
  return Array.from(values, String);
}

function jsonSidecar(path: string, value: unknown): Sidecar {
  const columns = new Map<string, readonly string[]>();
  if (isScalars(value)) columns.set("", value.map(String));
  if (isRecords(value)) addRecords(columns, value);
  if (!isRecord(value)) return { path, columns, pairCount: 0 };
  for (const [name, entry] of Object.entries(value)) {
    if (isScalars(entry)) columns.set(name, entry.map(String));
    else if (name !== "pairs" && isRecords(entry)) addRecords(columns, entry);
  }
  const { pairs } = value;
  if (!isRecords(pairs)) return { path, columns, pairCount: 0 };
  const byCondition = new Map<string, readonly string[]>();
  addRecords(byCondition, pairs);
  for (const [name, texts] of byCondition) {
    if (pairs.some((pair) => typeof lookup(pair, name) !== "string")) byCondition.delete(name);
    else byCondition.set(name, texts);
  }
  return { path, columns, pairs: byCondition, pairCount: pairs.length };
}

/** Every scalar entry that all records have becomes a column. */
function addRecords(
  columns: Map<string, readonly string[]>,
  records: readonly Readonly<Record<string, unknown>>[],
): void {
  for (const name of Object.keys(records[0] ?? {})) {
    const values = records.map((record) => lookup(record, name));
    if (isScalars(values)) columns.set(name, values.map(String));
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
