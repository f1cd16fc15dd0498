import type { FileSystem } from "../activations/byteSource.ts";
import { matrixTensors } from "./chooseTensor.ts";
import type { ConditionSource } from "./condition.ts";
import { tensorChoices } from "./naming/tensorChoices.ts";
import { openAsRead } from "./naming/openAsRead.ts";
import { readingOf, readingSelections, type TensorReading } from "./naming/tensorReading.ts";
import { labelCounts } from "./selection/matchLabel.ts";
import { columnsBeside } from "./selection/rowTexts.ts";
import { readVectorTexts, rowVectors } from "./selection/rowVectors.ts";

/** A column that gives more than two labels to the rows of a tensor. */
export interface LabelColumn {
  readonly source: ConditionSource;
  readonly column: string;
  readonly rows: number;
  /** How many different labels there are. */
  readonly count: number;
  /** The most frequent of them, most frequent first. */
  readonly labels: readonly string[];
  /** If a token must still be chosen: how many a row has, the most. */
  readonly tokens?: number;
}

/** Two labels are one pair: a run as any other. */
const leastLabels = 3;
/** So many labels say what a column is of. */
const namedLabels = 8;

/**
 * Columns of a file, and of what lies beside it, that give more than two labels to the rows of a tensor and name fewer
 * labels than rows; no activation is read.
 * @param readings of tensors that leave something open
 * @throws EigenlensError as the file does
 */
export async function labelColumns(
  path: string,
  fileSystem: FileSystem,
  readings: readonly TensorReading[] = [],
): Promise<LabelColumn[]> {
  const opened = await openAsRead(path, fileSystem, readings);
  const besides = new Map<number, ReadonlyMap<string, readonly string[]>>();
  try {
    const found: LabelColumn[] = [];
    for (const stored of matrixTensors(opened)) {
      const tensor = stored.name === "" ? {} : { tensor: stored.name };
      const read = readingSelections(readingOf(readings, path, stored.name));
      for (const { file, info, chosen, rows, tokens } of await tensorChoices(opened, stored)) {
        const beside = besides.get(rows) ?? (await columnsBeside(opened, rows, fileSystem));
        besides.set(rows, beside);
        const columns = new Map(beside);
        // Those of the file itself come first where two are called alike.
        for (const vector of rowVectors(file, info)) {
          columns.set(vector.name, await readVectorTexts(file, vector));
        }
        const source: ConditionSource = { path, ...tensor, ...read, ...chosen };
        for (const [column, texts] of columns) {
          const counts = labelCounts(texts);
          if (counts.length < leastLabels || counts.length === texts.length) continue;
          found.push({
            ...{ source, column, rows, count: counts.length },
            labels: counts.slice(0, namedLabels).map(([label]) => label),
            ...(tokens === undefined ? {} : { tokens }),
          });
        }
      }
    }
    return found;
  } finally {
    await opened.close();
  }
}
