import type { FileSystem } from "../activations/byteSource.ts";
import { openActivationFile } from "../activations/openActivationFile.ts";
import { place } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import { printable } from "../text/printable.ts";
import { viewTensor } from "./axes/tensorView.ts";
import { chooseTensor, settleName } from "./chooseTensor.ts";
import type { ConditionSource } from "./condition.ts";
import { locateSource } from "./locateSource.ts";
import { labelCounts } from "./selection/matchLabel.ts";
import { readOptions } from "./selection/readOptions.ts";
import { readRowTexts } from "./selection/rowTexts.ts";

/**
 * The labels that a column gives to the rows of a tensor, most frequent first; no activation is read.
 * @throws EigenlensError "usage" if a label is chosen already; "condition" if there is no such column or it has one label;
 *   as the file does
 */
export async function rowLabels(
  written: ConditionSource,
  column: string,
  fileSystem: FileSystem,
): Promise<string[]> {
  if (written.label !== undefined) {
    throw new EigenlensError(
      "usage",
      `${written.path} has ${printable(written.label.column)}=${printable(written.label.value)} chosen already: leave that out, all labels are compared.`,
    );
  }
  const source = await locateSource(written, fileSystem);
  const opened = await openActivationFile(source.path, fileSystem, readOptions(source));
  try {
    const { settled, stored } = chooseTensor(opened, settleName(opened, source));
    const { file, info } = await viewTensor(opened, stored, settled);
    const { texts } = await readRowTexts(file, info, column, "labels", fileSystem);
    const labels = labelCounts(texts).map(([label]) => label);
    if (labels.length >= 2) return labels;
    throw new EigenlensError(
      "condition",
      `${place(file.path, info.name)}: all rows have the same label in ${printable(column)}: choose a column with at least two.`,
    );
  } finally {
    await opened.close();
  }
}
