import { parse } from "csv-parse/sync";
import { EigenlensError } from "../../../errors.ts";
import { beginsList } from "../listCell.ts";

/** How a delimited text file writes its records. */
export interface Dialect {
  readonly delimiter: string;
  readonly decimalComma: boolean;
  readonly header: boolean;
}

const delimiters = ["\t", ";", ",", "|", " "];

/**
 * The fields of some complete records. Records without quotes are split, which is all that the format
 * (RFC 4180) asks of them; the others go through the csv library.
 * @param path for the message
 * @throws EigenlensError "file-format" if a quote is not closed
 */
export function parseRecords(text: string, delimiter: string, path: string): string[][] {
  if (!text.includes('"')) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
    if (delimiter !== " ") return lines.map((line) => line.split(delimiter));
    return lines.map((line) => line.trim().split(/ +/));
  }
  try {
    return parse(text, {
      delimiter,
      comment: "#",
      comment_no_infix: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      ...(delimiter === " " ? { ltrim: true, rtrim: true } : {}),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError(
      "file-format",
      `${path}: not a table of separated values (${reason}): close the quote, or save it again.`,
      { cause },
    );
  }
}

/**
 * Guesses the dialect from the first records.
 * @param sample text of complete records
 * @param path for the message; its extension decides where the text does not
 * @throws EigenlensError "file-format" as {@link parseRecords}
 */
export function detectDialect(sample: string, path: string): Dialect {
  const ordered = /\.tsv$/i.test(path) ? ["\t"] : delimiters;
  let delimiter = ordered[0] === "\t" && ordered.length === 1 ? "\t" : ",";
  let records: string[][] = [];
  for (const candidate of ordered) {
    const found = parseRecords(sample, candidate, path);
    const width = found[0]?.length ?? 0;
    if (width > 1 && found.every((record) => record.length === width)) {
      delimiter = candidate;
      records = found;
      break;
    }
  }
  if (records.length === 0) records = parseRecords(sample, delimiter, path);
  const decimalComma =
    delimiter !== "," && writesDecimalCommas(records.length > 1 ? records.slice(1) : records);
  return { delimiter, decimalComma, header: hasHeader(records, decimalComma) };
}

function writesDecimalCommas(records: readonly string[][]): boolean {
  const cells = records.flat().filter((cell) => /^\s*[+-]?\d/.test(cell));
  const withComma = cells.filter((cell) => /^\s*[+-]?\d*,\d+([eE][+-]?\d+)?\s*$/.test(cell));
  return withComma.length > 0 && cells.every((cell) => !cell.includes("."));
}

/**
 * A first record is a header if it has words above numbers or lists, or counts 0, 1, 2 ... as data frames do. Of
 * texts alone, a single column has none and several have one, as in TensorBoard's metadata; unless the words say
 * otherwise: `label` that does not come again, or `him` that does.
 */
function hasHeader(records: readonly string[][], decimalComma: boolean): boolean {
  const [first, second] = records;
  if (first === undefined) return false;
  const isNumber = (cell: string | undefined) => parseCell(cell ?? "", decimalComma) !== undefined;
  if (second === undefined) return first.every((cell) => !isNumber(cell) && !beginsList(cell));
  const rows = records.slice(1);
  const columns = [...first.keys()];
  const numeric = columns.filter((column) => rows.every((record) => isNumber(record[column])));
  if (numeric.some((column) => !isNumber(first[column]))) return true;
  const lists = columns.filter((column) =>
    rows.every((record) => beginsList(record[column] ?? "") || (record[column] ?? "") === ""),
  );
  if (
    lists.some(
      (column) => rows.some((record) => record[column] !== "") && !beginsList(first[column] ?? ""),
    )
  )
    return true;
  if (numeric.length === 0 && lists.length === 0) return headsTexts(first, rows);
  const named = numeric.map((column) => (first[column] ?? "").trim()).filter((cell) => cell !== "");
  return named.length >= 3 && named.every((cell, position) => cell === String(position));
}

const headings =
  /^(labels?|class(es)?|conditions?|groups?|pairs?|sentences?|texts?|prompts?|words?|tokens?|names?|categor(y|ies)|gender|target)$/i;

function headsTexts(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const comesAgain = first.some((cell, column) => rows.some((record) => record[column] === cell));
  return !comesAgain && (first.length > 1 || headings.test((first[0] ?? "").trim()));
}

const missing = /^(nan|na|n\/a|null|none)?$/i;
const infinite = /^([+-]?)(inf|infinity)$/i;

/** The number that a cell holds (NaN if it is missing), or undefined if it holds text. */
export function parseCell(cell: string, decimalComma: boolean): number | undefined {
  const direct = Number(decimalComma ? cell.replace(",", ".") : cell);
  if (!Number.isNaN(direct) && direct !== 0) return direct;
  const text = cell.trim();
  if (direct === 0 && text !== "") return direct;
  if (missing.test(text)) return Number.NaN;
  const sign = infinite.exec(text)?.[1];
  if (sign === undefined) return undefined;
  return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
