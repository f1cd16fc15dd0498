import { parse } from "csv-parse/sync";
import { extensionOf } from "../../activations/detectFormat.ts";
import { EigenlensError } from "../../errors.ts";
import {
  clusterAliases,
  groupAliases,
  labelAliases,
  sentenceAliases,
} from "../selection/rowVectors.ts";

const knownHeadings = new Set([
  ...labelAliases,
  ...sentenceAliases,
  ...groupAliases,
  ...clusterAliases,
]);

/**
 * Columns of text in a small table beside the data (csv, tsv, or plain lines), whose rows describe the data's.
 *
 * A single column has no header and several columns have one, as TensorBoard's projector reads metadata, unless
 * the number of rows says otherwise; a first line that names what is known of rows (`label`, `sentence`) is one
 * in any case. A single column without a header has the empty name.
 * @param rows how many the data have, where that is known
 * @throws EigenlensError "file-format" if it is no table
 */
export function tableColumns(
  text: string,
  path: string,
  rows: number | undefined,
): ReadonlyMap<string, readonly string[]> {
  let table: Table | undefined;
  for (const records of readings(text, extensionOf(path))) {
    const found = withHeader(records, rows);
    if (found.records.length === rows) {
      table = found;
      break;
    }
    table ??= found;
  }
  if (table === undefined) {
    throw new EigenlensError(
      "file-format",
      `${path} is no table: its lines have different numbers of columns, or a quote is not closed; correct it.`,
    );
  }
  const columns = new Map<string, readonly string[]>();
  table.names.forEach((name, column) => {
    if (!columns.has(name))
      columns.set(
        name,
        table.records.map((record) => record[column] ?? ""),
      );
  });
  return columns;
}

/** All ways to read the text as records of equal length, the likeliest first. */
function* readings(text: string, extension: string): Generator<readonly (readonly string[])[]> {
  if (extension === "txt") {
    yield* withoutBlanks(lines(text).map((line) => [line]));
    return;
  }
  const separators = (extension === "tsv" ? ["\t"] : [",", ";", "\t", "|"]).filter((separator) =>
    text.includes(separator),
  );
  // Without any separator the table has one column, whichever is meant.
  for (const separator of separators.length === 0 ? [","] : separators) {
    for (const quotes of text.includes('"') ? [true, false] : [false]) {
      const records = quotes ? quoted(text, separator) : split(text, separator);
      if (records !== undefined) yield* withoutBlanks(records).filter(isRectangular);
    }
  }
  // Separators in only some of the lines belong to their texts.
  yield* withoutBlanks(lines(text).map((line) => [line.trim()]));
}

function lines(text: string): string[] {
  const all = text.split(/\r\n|\n|\r/);
  if (all.at(-1) === "") all.pop();
  return all;
}

function split(text: string, separator: string): string[][] {
  return lines(text).map((line) => line.split(separator).map((cell) => cell.trim()));
}

/** Undefined if a quote is not closed: then it belongs to the text, and nothing is quoted. */
function quoted(text: string, separator: string): string[][] | undefined {
  const options = { delimiter: separator, relax_column_count: true };
  try {
    return parse(text, separator === "\t" ? options : { ...options, trim: true });
  } catch {
    return undefined;
  }
}

/** An empty line at the end is none, one in between may be an empty text. */
function withoutBlanks(
  records: readonly (readonly string[])[],
): (readonly (readonly string[])[])[] {
  const isBlank = (record: readonly string[]) => record.length === 1 && record[0] === "";
  let end = records.length;
  while (end > 0 && isBlank(records[end - 1] ?? [""])) end -= 1;
  const trimmed = records.slice(0, end);
  const filled = trimmed.filter((record) => !isBlank(record));
  const whole = end < records.length ? [records] : [];
  return [trimmed, ...(filled.length < trimmed.length ? [filled] : []), ...whole];
}

function isRectangular(records: readonly (readonly string[])[]): boolean {
  const width = records[0]?.length;
  return width !== undefined && records.every((record) => record.length === width);
}

interface Table {
  readonly names: readonly string[];
  readonly records: readonly (readonly string[])[];
}

function withHeader(records: readonly (readonly string[])[], rows: number | undefined): Table {
  const [first = [], ...rest] = records;
  // A label may be "class" or "y" itself; then it comes again.
  const isNamed = first.some(
    (cell, column) =>
      knownHeadings.has(cell.toLowerCase()) && !rest.some((record) => record[column] === cell),
  );
  // An empty text below a single one is more likely an empty line.
  const isFull = first.length > 1 || rest.every(([cell]) => cell !== "");
  const byCount = records.length !== rows && isFull && (rest.length === rows || first.length > 1);
  if (isNamed || byCount) return { names: first, records: rest };
  return {
    names: first.length === 1 ? [""] : first.map((_, column) => `column${column}`),
    records,
  };
}
