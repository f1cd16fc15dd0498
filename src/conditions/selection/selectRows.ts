import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { place } from "../../activations/storedTensor.ts";
import { EigenlensError } from "../../errors.ts";
import type { ConditionSource } from "../condition.ts";
import { describeRows, type RowDescription } from "../describeRows.ts";
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
  readonly meant: Pick<ConditionSource, "label" | "rows">;
}

/**
 * Applies label, sentences and row range, in this order.
 * @throws EigenlensError "condition" where a label or pattern keeps no row (the labels are listed), or the
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
  if (source.label !== undefined) {
    const { column, value } = source.label;
    const found = await readRowTexts(file, info, column, "labels", fileSystem);
    notes.push(...found.notes);
    const known = found.texts;
    const label = matchLabel(known, classOf(known, value, found.classNames), column, where);
    labels = known;
    rows = rows.filter((row) => known[row] === label);
    meant = { label: { column, value: label } };
  }
  const names = conditionNames(source);
  const described = await describeRows(file, info, names, labels, fileSystem);
  if (source.sentences !== undefined) {
    const { column, pattern } = source.sentences;
    const own = sentenceAliases.includes(column) ? described.sentences : undefined;
    const found =
      own === undefined
        ? await readRowTexts(file, info, column, "sentences", fileSystem)
        : undefined;
    notes.push(...(found?.notes ?? []));
    const texts = own ?? found?.texts ?? [];
    const expression = sentencePattern(pattern);
    rows = rows.filter((row) => expression.test(texts[row] ?? ""));
    if (rows.length === 0) {
      throw new EigenlensError(
        "condition",
        `${where}: no sentence matches /${printable(pattern)}/; the first is "${printable(texts[0] ?? "", 60)}".`,
      );
    }
  }
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
