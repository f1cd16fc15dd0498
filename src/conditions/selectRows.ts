import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { listNames, place } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import type { ConditionSource } from "./condition.ts";
import { describeRows, type RowDescription } from "./describeRows.ts";
import { guessName } from "./guessName.ts";
import { sentencePattern } from "./parseSource.ts";
import { readRowTexts, sentenceAliases } from "./rowVectors.ts";
import { printable } from "../text/printable.ts";

/** Which rows of the tensor a condition keeps, in ascending order, and what is known of them. */
export interface RowSelection {
  readonly rows: Uint32Array;
  readonly description: RowDescription;
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
  if (source.label !== undefined) {
    const { column, value } = source.label;
    labels = await readRowTexts(file, info, column, "labels", fileSystem);
    const known = labels;
    rows = rows.filter((row) => known[row] === value);
    if (rows.length === 0) {
      throw new EigenlensError(
        "condition",
        `${where}: no row has "${printable(value)}" in ${printable(column)}: choose one of ${countedLabels(labels)}.`,
      );
    }
  }
  const description = await describeRows(file, info, guessName(source), labels, fileSystem);
  if (source.sentences !== undefined) {
    const { column, pattern } = source.sentences;
    const own = sentenceAliases.includes(column) ? description.sentences : undefined;
    const texts = own ?? (await readRowTexts(file, info, column, "sentences", fileSystem));
    const expression = sentencePattern(pattern);
    rows = rows.filter((row) => expression.test(texts[row] ?? ""));
    if (rows.length === 0) {
      throw new EigenlensError(
        "condition",
        `${where}: no sentence matches /${printable(pattern)}/; the first is "${printable(texts[0] ?? "", 60)}".`,
      );
    }
  }
  if (source.rows !== undefined) {
    const { start, stop } = source.rows;
    if (start >= rows.length || (stop > rows.length && stop !== Number.MAX_SAFE_INTEGER)) {
      throw new EigenlensError(
        "condition",
        `${where}: rows ${start} to ${stop} were asked for, but ${rows.length} are there: choose a range within 0:${rows.length}.`,
      );
    }
    rows = rows.slice(start, stop);
  }
  return { rows, description: pickRows(description, rows) };
}

function pickRows(description: RowDescription, rows: Uint32Array): RowDescription {
  const pick = (texts: readonly string[]) => Array.from(rows, (row) => texts[row] ?? "");
  const { sentences, groups, notes } = description;
  return {
    notes,
    ...(sentences === undefined ? {} : { sentences: pick(sentences) }),
    ...(groups === undefined ? {} : { groups: pick(groups) }),
  };
}

/** `him (53), her (53)`: the labels there are, most frequent first. */
export function countedLabels(labels: readonly string[]): string {
  return listNames(labelCounts(labels).map(([label, count]) => `${label} (${count})`));
}

/** Each label with its number of rows, most frequent first, equal ones in order of appearance. */
export function labelCounts(labels: readonly string[]): [label: string, count: number][] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
