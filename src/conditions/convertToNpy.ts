import type { FileSystem } from "../activations/byteSource.ts";
import { openActivationFile } from "../activations/openActivationFile.ts";
import { TrackedFiles } from "../activations/trackedFiles.ts";
import { writeNpy, writtenType, type NpyContent } from "../activations/writeNpy.ts";
import { settleName } from "./chooseTensor.ts";
import type { ConditionSource } from "./condition.ts";
import { conditionShape, reshaped } from "./conditionShape.ts";
import { locateSource } from "./locateSource.ts";
import { openCondition } from "./openCondition.ts";
import { readOptions } from "./selection/readOptions.ts";

/** What was written, for the one line that tells of it. */
export interface ConvertedArray {
  readonly shape: readonly number[];
  readonly elementType: "float32" | "float64";
  /** What was taken for granted, one line each. */
  readonly notes: readonly string[];
}

/**
 * Writes a source as an npy file: a tensor that is named and not narrowed down, whatever its shape (an axis of one
 * is left out, as a run would); otherwise the rows of a condition, with every check that a run would make.
 * `[rows, tokens, columns]` without a choice of token is written whole.
 * @param destination path of the npy file; an existing one is replaced once the new one is complete
 * @throws EigenlensError as opening and reading do; "usage" if the destination is one of the files that are read, or
 *   lies in a folder that is; "file-access" if it cannot be written or what is read changes meanwhile: nothing is
 *   left behind
 */
export async function convertToNpy(
  written: ConditionSource,
  destination: string,
  fileSystem: FileSystem,
): Promise<ConvertedArray> {
  const source = await locateSource(written, fileSystem);
  const files = new TrackedFiles(fileSystem);
  await files.add(source.path);
  return (await isWholeTensor(source, files.fileSystem))
    ? convertTensor(source, destination, files)
    : convertCondition(source, destination, files);
}

async function convertCondition(
  source: ConditionSource,
  destination: string,
  files: TrackedFiles,
): Promise<ConvertedArray> {
  const condition = await openCondition(source, files.fileSystem);
  try {
    const content = {
      shape: [condition.rows, condition.columns],
      elementType: condition.provenance.elementType,
      readRows: condition.readRows.bind(condition),
      check: () => files.checkUnchanged(),
    };
    await writeNpy(destination, content, () => files.paths);
    return {
      shape: content.shape,
      elementType: writtenType(content.elementType),
      notes: condition.notes ?? [],
    };
  } finally {
    await condition.close();
  }
}

async function isWholeTensor(written: ConditionSource, fileSystem: FileSystem): Promise<boolean> {
  // What is selected without a tensor's name can be part of none.
  if (written.longerNames === undefined && isNarrowed(written)) return false;
  const file = await openActivationFile(written.path, fileSystem, readOptions(written));
  const source = settleName(file, written);
  await file.close();
  if (isNarrowed(source)) return false;
  if (source.tensor !== undefined) return true;
  const [only] = file.tensors;
  if (file.tensors.length !== 1 || only === undefined) return false;
  return (conditionShape(only.shape) ?? only.shape).length > 2;
}

function isNarrowed({
  label,
  sentences,
  rows,
  token,
  axes,
  layer,
  head,
}: ConditionSource): boolean {
  const selections = [label, sentences, rows, token, axes, layer, head];
  return selections.some((selection) => selection !== undefined);
}

async function convertTensor(
  source: ConditionSource,
  destination: string,
  files: TrackedFiles,
): Promise<ConvertedArray> {
  const opened = await openActivationFile(source.path, files.fileSystem, readOptions(source));
  try {
    const name = settleName(opened, source).tensor ?? opened.tensors[0]?.name ?? "";
    const stored = opened.tensors.find((tensor) => tensor.name === name);
    const wanted = stored && (conditionShape(stored.shape) ?? stored.shape);
    const file = stored && wanted ? reshaped(opened, stored, wanted).file : opened;
    // An unknown name is refused, with those there are, by the first read.
    const content: NpyContent = {
      shape: wanted ?? [1],
      elementType: stored?.elementType ?? "float64",
      readRows: (start, stop, values) => file.readRows(name, start, stop, values),
      check: () => files.checkUnchanged(),
    };
    await writeNpy(destination, content, () => files.paths);
    const notes = (stored?.notes ?? []).map((note) => `${file.path}: ${note}`);
    return { shape: content.shape, elementType: writtenType(content.elementType), notes };
  } finally {
    await opened.close();
  }
}
