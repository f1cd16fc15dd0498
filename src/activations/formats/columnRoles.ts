import { EigenlensError } from "../../errors.ts";
import { printable } from "../../text/printable.ts";
import { isSeries, numberedSeries } from "./columnSeries.ts";

/** One column of a table (csv, parquet, arrow, records) as far as a sample of its rows shows. */
export interface Column {
  readonly name: string;
  /** Whether every sampled value is a number (or missing). */
  readonly numeric: boolean;
  /** Whether every sampled value is a whole number. */
  readonly integral: boolean;
  /** Whether they are stored (or written) as whole numbers: `3` and not `3.0`. */
  readonly whole?: boolean;
  /** Whether the format says so, and not how the values happen to be written. */
  readonly typed?: boolean;
  /** Whether all sampled values are 0, which says nothing of how others would be written. */
  readonly dead?: boolean;
  /** How many sampled rows count on by one from 0 or 1; 0 if they do not. */
  readonly counted?: number;
  /** Whether the file itself calls it the index of its rows. */
  readonly index?: boolean;
}

/** Which columns of a table are neurons, as a user says it. */
export type ColumnChoice =
  | { readonly kind: "all" }
  /** By position in the file, from 0; `stop` is not included. */
  | { readonly kind: "range"; readonly start: number; readonly stop: number }
  /** By name, as a regular expression. */
  | { readonly kind: "pattern"; readonly pattern: RegExp };

/** What becomes of the columns of a table; positions as given. */
export interface ColumnRoles {
  /** Side by side, they are the matrix. */
  readonly neurons: readonly number[];
  /** Vectors of labels. */
  readonly labels: readonly number[];
  /** Names of the neurons, if they are more than a running number. */
  readonly names?: readonly string[];
  /** What was decided that the user may see otherwise, one line each. */
  readonly notes: readonly string[];
}

/** Columns of whole numbers with these names are labels: nobody takes them for neurons. */
const labelNames =
  /^(labels?|class(es)?|conditions?|groups?|pairs?|target|y|fold|split|subject|item|trial|gender)$/i;

/** Words in the names of columns that count or number something. */
const countingWords = new Set(
  (
    "index idx id ids row rows unnamed seed batch epoch step steps position pos token tokens layer len length " +
    "count counts counter num number nr no line lines offset sample example document doc sentence prompt run " +
    "shard rank worker start begin end stop time timestamp year month day date hour minute second chunk window " +
    "attempt repeat replicate session round iteration iter head key uid uuid rowid pair order size total level"
  ).split(" "),
);

/** Sampled rows that must count on before a column is a counter that is not the first. */
const tellingCount = 4;

/**
 * Tells neurons from labels, indices and counters. A column of whole numbers is no neuron if its name says so; if
 * it counts 0, 1, 2 ... (or from 1) beside fractions; or if it is stored as whole numbers beside more columns that
 * are not. Beside a numbered series (`n0`, `n1`, ...) no other column is a neuron, and none of the series is
 * anything else. Files of whole numbers alone (quantised activations) lose a column by its name only.
 * @param choice what the user says instead
 * @param where the file, for messages
 * @throws EigenlensError "usage" if the choice leaves no column
 */
export function assignColumns(
  columns: readonly Column[],
  where: string,
  choice?: ColumnChoice,
): ColumnRoles {
  const numeric = [...columns.keys()].filter((at) => columns[at]?.numeric === true);
  const chosen =
    choice === undefined
      ? withoutCounters(columns, numeric)
      : numeric.filter((at) => isChosen(choice, columns[at]?.name ?? "", at));
  if (choice !== undefined && chosen.length === 0) {
    throw new EigenlensError(
      "usage",
      `${where}: no column of numbers is among the columns chosen: it has ${columns.length} columns, ${numeric.length} of numbers; write [columns=all], [columns=START:STOP] or [columns~/pattern/].`,
    );
  }
  const kept = new Set(chosen);
  const labels = [...columns.keys()].filter((at) => !kept.has(at));
  const names = chosen.map((at) => columns[at]?.name.trim() ?? "");
  const notes = choice === undefined ? notesOn(columns, chosen, labels) : [];
  return { neurons: chosen, labels, notes, ...(isSeries(names) ? {} : { names }) };
}

function isChosen(choice: ColumnChoice, name: string, at: number): boolean {
  switch (choice.kind) {
    case "all":
      return true;
    case "range":
      return at >= choice.start && at < choice.stop;
    case "pattern":
      return choice.pattern.test(name);
    default:
      return choice satisfies never;
  }
}

function withoutCounters(columns: readonly Column[], numeric: readonly number[]): number[] {
  const found = numeric.map((at) => ({ at, column: columns[at] as Column }));
  const series = numberedSeries(found.map(({ column }) => column.name));
  const count = (test: (column: Column) => boolean) =>
    found.filter(({ column }) => test(column)).length;
  const fractional = count((column) => column.whole !== true && column.dead !== true);
  const whole = count((column) => column.whole === true && column.dead !== true);
  const kept = found.filter(({ at, column }) => {
    const inSeries = series.members.has(column.name);
    if (column.index === true) return false;
    if (column.integral && !inSeries && saysSo(column.name)) return false;
    if (column.whole === true && fractional > 0 && !(inSeries && series.named)) {
      if (column.typed === true) return false;
      if (column.dead !== true && fractional > whole) return false;
      if ((column.counted ?? 0) >= (at === 0 ? 2 : tellingCount)) return false;
    }
    return inSeries || !series.dominant;
  });
  return kept.map(({ at }) => at);
}

/** Whether a column of whole numbers of this name is no neuron, unless its name is one of a series. */
export function saysSo(name: string): boolean {
  const trimmed = name.trim();
  if (trimmed === "" || labelNames.test(trimmed) || /^__index_level_\d+__$/.test(trimmed)) {
    return true;
  }
  return wordsOf(trimmed).some((word) => countingWords.has(word));
}

function wordsOf(name: string): string[] {
  const spaced = name.slice(0, 200).replace(/([a-z])([A-Z])/g, "$1 $2");
  return spaced.toLowerCase().match(/[a-z]+/g) ?? [];
}

const mostNamed = 6;

function notesOn(
  columns: readonly Column[],
  neurons: readonly number[],
  labels: readonly number[],
): string[] {
  const leftOut = labels
    .map((at) => columns[at])
    .filter((column) => column?.numeric === true && !labelNames.test(column.name.trim()))
    .map((column) => shownName(column?.name ?? ""));
  const notes: string[] = [];
  if (neurons.length > 0 && leftOut.length > 0) {
    const shown = leftOut.slice(0, mostNamed).join(", ");
    const more = leftOut.length > mostNamed ? ` and ${leftOut.length - mostNamed} more` : "";
    const plural = leftOut.length > 1;
    notes.push(
      `the column${plural ? "s" : ""} ${shown}${more} number${plural ? "" : "s"} or describe${plural ? "" : "s"} the rows and ${plural ? "are" : "is"} not counted as neuron${plural ? "s" : ""}; [columns=all] counts ${plural ? "them" : "it"}.`,
    );
  }
  const first = columns[neurons[0] ?? -1];
  if (neurons[0] === 0 && neurons.length > 1 && (first?.counted ?? 0) >= tellingCount) {
    notes.push(
      `the first column, ${shownName(first?.name ?? "")}, counts the rows but is taken as a neuron, since all columns hold whole numbers; [columns=1:] leaves it out.`,
    );
  }
  return notes;
}

function shownName(name: string): string {
  const trimmed = name.trim();
  return trimmed === "" ? "(unnamed)" : printable(trimmed, 60);
}

/**
 * What the matrix of all activation columns is called: nothing if the file holds nothing else, "X" beside label
 * columns.
 */
export function matrixName(labelColumns: readonly string[]): string {
  if (labelColumns.length === 0) return "";
  return labelColumns.includes("X") ? "values" : "X";
}

/** What a column of labels is called: an index has no name of its own. */
export function labelName(name: string): string {
  const trimmed = name.trim();
  return /^(__index_level_\d+__|)$/.test(trimmed) ? "index" : trimmed;
}

/** How many values count on by one from 0 or 1; 0 if one of them does not. */
export function countedRows(values: readonly unknown[]): number {
  const [first] = values;
  if (first !== 0 && first !== 1) return 0;
  return values.every((value, row) => value === first + row) ? values.length : 0;
}
