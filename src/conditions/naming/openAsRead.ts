import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { readWords } from "../../activations/elements/sixteenBits.ts";
import { openActivationFile } from "../../activations/openActivationFile.ts";
import { omit } from "../../lookup.ts";
import { readingOf, type TensorReading } from "./tensorReading.ts";

/**
 * Opens a file with its tensors described as the user reads them. Names that do not fit a shape are passed over.
 * @throws EigenlensError as {@link openActivationFile} does
 */
export async function openAsRead(
  path: string,
  fileSystem: FileSystem,
  readings: readonly TensorReading[] = [],
): Promise<ActivationFile> {
  const mine = readings.filter((each) => each.path === path);
  const axes = mine.find((each) => each.axes !== undefined)?.axes;
  const file = await openActivationFile(path, fileSystem, axes === undefined ? {} : { axes });
  if (mine.length === 0) return file;
  const tensors = file.tensors.map((info) => withReading(info, readingOf(mine, path, info.name)));
  return { ...file, tensors };
}

function withReading(info: TensorInfo, reading: TensorReading | undefined): TensorInfo {
  if (reading === undefined) return info;
  const { axes, words } = reading;
  const typed = words === undefined ? info : readWords(info, words);
  if (axes?.length !== info.shape.length) return typed;
  const named = { ...typed, axes: { names: axes, reason: "as chosen" } };
  // Tokens that are rows of their own do not belong together.
  return axes.includes("row") ? omit(named, "sequences") : named;
}
