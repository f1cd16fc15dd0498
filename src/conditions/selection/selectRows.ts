import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import type { ConditionSource, RowFilter } from "../condition.ts";
import { describeRows, type RowDescription } from "../describeRows.ts";
import { describeFilter } from "../naming/describeSource.ts";
import { conditionNames } from "../naming/guessName.ts";
import { matchLabel } from "./matchLabel.ts";
import { fromFirstRow, takeRows } from "./rowRange.ts";
import { readRowTexts } from "./rowTexts.ts";
import { sentenceAliases } from "./rowVectors.ts";
import { sentencePattern } from "./selections.ts";
import { printable } from "../../text/printable.ts";

/** Which rows of the tensor a condition keeps, in ascending order, and what is known of them. */
export interface RowSelection {
  readonly rows: Uint32Array;
  readonly description: RowDescription;
  /** What was found to be meant: the label as the file writes it, a range with ends that count from the first row. */
  readonly meant: Pick<ConditionSource, "label" | "further" | "rows">;
}

/**
 * Applies label, sentences, further columns and row range, in this order.
 * @throws EigenlensError "condition" if a label or pattern keeps no row (the labels are listed), or the
 *   range lies outside
 */
export async function selectRows(
  file: ActivationFile,
  info: TensorInfo,
  source: ConditionSource,
  fileSystem: FileSystem,
): Promise<RowSelection> {
  const where = place(file.path, info.name);
  let rows = Uint32Array.from({ length: info.shape[0] ?? 0 }, (_, row) => row);
  let labels: readonly string[] | undefined;
  const notes: string[] = [];
  let meant: RowSelection["meant"] = {};
  const labelled = async (column: string, value: string, among: Uint32Array<ArrayBuffer>) => {
    const found = await readRowTexts(file, info, column, "labels", fileSystem);
    notes.push(...found.notes);
    const { texts } = found;
    const label = matchLabel(texts, classOf(texts, value, found.classNames), column, where);
    return { label, texts, rows: among.filter((row) => texts[row] === label) };
  };
  const matching = async (
    column: string,
    pattern: string,
    among: Uint32Array<ArrayBuffer>,
    own: readonly string[] | undefined,
  ) => {
    const found =
      own === undefined
        ? await readRowTexts(file, info, column, "sentences", fileSystem)
        : undefined;
    notes.push(...(found?.notes ?? []));
    const texts = own ?? found?.texts ?? [];
    const expression = sentencePattern(pattern);
    const kept = among.filter((row) => expression.test(texts[row] ?? ""));
    if (kept.length > 0) return kept;
    throw new EigenlensError(
      "condition",
      `${where}: no sentence matches /${printable(pattern)}/; the first is "${printable(texts[among[0] ?? 0] ?? "", 60)}".`,
    );
  };
  if (source.label !== undefined) {
    const { column, value } = source.label;
    const found = await labelled(column, value, rows);
    rows = found.rows;
    labels = found.texts;
    meant = { label: { column, value: found.label } };
  }
  const names = conditionNames(source);
  const described = await describeRows(file, info, names, labels, fileSystem);
  const own = (column: string) =>
    sentenceAliases.includes(column) ? described.sentences : undefined;
  if (source.sentences !== undefined) {
    const { column, pattern } = source.sentences;
    rows = await matching(column, pattern, rows, own(column));
  }
  const further: RowFilter[] = [];
  for (const filter of source.further ?? []) {
    const { column } = filter;
    if ("pattern" in filter) {
      rows = await matching(column, filter.pattern, rows, own(column));
      further.push(filter);
      continue;
    }
    const found = await labelled(column, filter.value, rows);
    rows = found.rows;
    further.push({ column, value: found.label });
    if (rows.length > 0) continue;
    const text = describeFilter({ column, value: found.label });
    throw new EigenlensError(
      "condition",
      `${where}: no row that the selections before [${text}] keep has it too; leave one out.`,
    );
  }
  if (further.length > 0) meant = { ...meant, further };
  const description = { ...described, notes: [...new Set([...notes, ...described.notes])] };
  if (source.rows !== undefined) {
    const range = fromFirstRow(source.rows, rows.length, where);
    rows = takeRows(rows, range);
    meant = { ...meant, rows: range };
  }
  return { rows, meant, description: pickRows(description, rows) };
}

/** The name of a class that was asked for by its number, unless some row has the number as its label. */
function classOf(
  labels: readonly string[],
  wanted: string,
  classNames: readonly string[] | undefined,
): string {
  const name = /^\d{1,9}$/.test(wanted) ? classNames?.[Number(wanted)] : undefined;
  return name === undefined || labels.includes(wanted) ? wanted : name;
}

function pickRows(description: RowDescription, rows: Uint32Array): RowDescription {
  const pick = (texts: readonly string[]) => Array.from(rows, (row) => texts[row] ?? "");
  const { sentences, groups, clusters, notes } = description;
  return {
    notes,
    ...(sentences === undefined ? {} : { sentences: pick(sentences) }),
    ...(groups === undefined ? {} : { groups: pick(groups) }),
    ...(clusters === undefined ? {} : { clusters: pick(clusters) }),
  };
}
