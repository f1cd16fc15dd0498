import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { AxisName } from "../../activations/axes/axes.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { openActivationFile } from "../../activations/openActivationFile.ts";
import { readWords, type WordReading } from "../../activations/elements/sixteenBits.ts";
import { omit } from "../../lookup.ts";
import type { ConditionSource } from "../condition.ts";

/** How a user reads a tensor whose file leaves something open: what its axes are, or what its 16-bit integers stand for. */
export interface TensorReading {
  readonly path: string;
  /** Empty for a bare array. */
  readonly tensor: string;
  readonly axes?: readonly AxisName[];
  readonly words?: WordReading;
}

/** The selections with which a source says the same: `[axes=...]`, `[dtype=bfloat16]`. */
export function readingSelections(
  reading: TensorReading | undefined,
): Pick<ConditionSource, "axes" | "elementType"> {
  const { axes, words } = reading ?? {};
  return {
    ...(axes === undefined ? {} : { axes }),
    ...(words === "bfloat16" ? { elementType: words } : {}),
  };
}

/** The reading of one tensor among those of a file. */
export function readingOf(
  readings: readonly TensorReading[],
  path: string,
  tensor: string,
): TensorReading | undefined {
  return readings.find((each) => each.path === path && each.tensor === tensor);
}

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
