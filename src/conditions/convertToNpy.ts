import type { FileSystem } from "../activations/byteSource.ts";
import { openActivationFile } from "../activations/openActivationFile.ts";
import { TrackedFiles } from "../activations/trackedFiles.ts";
import { writeNpy, writtenType, type NpyContent } from "../activations/writeNpy.ts";
import type { ConditionSource } from "./condition.ts";
import { openCondition } from "./openCondition.ts";

/** What was written, for the one line that tells of it. */
export interface ConvertedArray {
  readonly shape: readonly number[];
  readonly elementType: "float32" | "float64";
}

/**
 * Writes a source as an npy file: a tensor that is named and not narrowed down, whatever its shape; otherwise the
 * rows of a condition, with every check that a run would make. `[rows, tokens, columns]` without a choice of token
 * is written whole.
 * @param destination path of the npy file; an existing one is replaced once the new one is complete
 * @throws EigenlensError as opening and reading do; "usage" if the destination is one of the files that are read, or
 *   lies in a folder that is; "file-access" if it cannot be written or what is read changes meanwhile: nothing is
 *   left behind
 */
export async function convertToNpy(
  source: ConditionSource,
  destination: string,
  fileSystem: FileSystem,
): Promise<ConvertedArray> {
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
    return { shape: content.shape, elementType: writtenType(content.elementType) };
  } finally {
    await condition.close();
  }
}

async function isWholeTensor(source: ConditionSource, fileSystem: FileSystem): Promise<boolean> {
  const { label, sentences, rows, token } = source;
  if ([label, sentences, rows, token].some((selection) => selection !== undefined)) return false;
  if (source.tensor !== undefined) return true;
  const file = await openActivationFile(source.path, fileSystem, voidOptions(source));
  const [only] = file.tensors;
  await file.close();
  return file.tensors.length === 1 && (only?.shape.length ?? 0) > 2;
}

async function convertTensor(
  source: ConditionSource,
  destination: string,
  files: TrackedFiles,
): Promise<ConvertedArray> {
  const file = await openActivationFile(source.path, files.fileSystem, voidOptions(source));
  try {
    const name = source.tensor ?? file.tensors[0]?.name ?? "";
    const info = file.tensors.find((tensor) => tensor.name === name);
    // An unknown name is refused, with those there are, by the first read.
    const shape = info?.shape ?? [1];
    const elementType = info?.elementType ?? "float64";
    const content: NpyContent = {
      shape,
      elementType,
      readRows: (start, stop, values) => file.readRows(name, start, stop, values),
      check: () => files.checkUnchanged(),
    };
    await writeNpy(destination, content, () => files.paths);
    return { shape, elementType: writtenType(elementType) };
  } finally {
    await file.close();
  }
}

function voidOptions({ elementType }: ConditionSource) {
  return elementType === undefined ? {} : { voidAs: elementType };
}
