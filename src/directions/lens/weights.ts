import type { ActivationFile, RowBuffer, TensorInfo } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { fitsSingle, isIntegral } from "../../activations/elements/elementType.ts";
import { openActivationFile } from "../../activations/openActivationFile.ts";
import { shapeText } from "../../activations/shape.ts";
import { listNames, place } from "../../activations/storedTensor.ts";
import type { ConditionSource } from "../../conditions/condition.ts";
import { EigenlensError } from "../../errors.ts";

/** A file and a tensor in it, as the command line names them. */
export type WeightSource = Pick<ConditionSource, "path" | "tensor">;

/** Values decoded at a time. */
const blockValues = 2 ** 20;

/** The longest row: that of a transposed unembedding has a value for each token. */
const mostRowValues = 2 ** 26;

/** One opened weight of a model. */
export interface Weight {
  readonly where: string;
  /** Without axes of one, unless nothing else is left. */
  readonly shape: readonly number[];
  /**
   * Decodes the rows one block after another.
   * @param visit gets the values of some rows, [count, length], which are overwritten afterwards
   */
  forEachBlock(visit: (values: RowBuffer, firstRow: number, rows: number) => void): Promise<void>;
}

/**
 * Opens a weight for as long as `use` takes.
 * @throws EigenlensError "condition" for one that is quantised, or if the file has several and none is named;
 *   "file-format" and "file-access" as the file
 */
export async function withWeight<Result>(
  source: WeightSource,
  fileSystem: FileSystem,
  use: (weight: Weight) => Promise<Result>,
): Promise<Result> {
  const file = await openActivationFile(source.path, fileSystem);
  try {
    return await use(weightOf(file, tensorOf(file, source.tensor)));
  } finally {
    await file.close();
  }
}

/** All of a vector `[length]`. */
export async function readVector(weight: Weight, length: number): Promise<Float64Array> {
  const values = new Float64Array(length);
  if (weight.shape.length !== 1 || weight.shape[0] !== length) {
    throw new EigenlensError(
      "condition",
      `${weight.where} is ${shapeText(weight.shape)}, not a vector of ${length} values: it belongs to another model or place.`,
    );
  }
  await weight.forEachBlock((block, first, rows) => values.set(block.subarray(0, rows), first));
  return values;
}

function tensorOf(file: ActivationFile, name: string | undefined): TensorInfo {
  const numbers = file.tensors.filter(({ elementType }) => elementType !== "text");
  const found = name === undefined ? numbers : numbers.filter((info) => info.name === name);
  const [info] = found;
  if (info === undefined || found.length > 1) {
    throw new EigenlensError(
      "condition",
      name === undefined
        ? `${file.path} holds several tensors: name one as ${file.path}#TENSOR (${listNames(numbers.map((tensor) => tensor.name))}).`
        : `${place(file.path, name)} is not there: ${file.path} holds ${listNames(numbers.map((tensor) => tensor.name))}.`,
    );
  }
  return info;
}

function weightOf(file: ActivationFile, info: TensorInfo): Weight {
  const where = place(file.path, info.name);
  if (info.unreadable !== undefined) {
    throw new EigenlensError("file-format", `${where}: ${info.unreadable}`);
  }
  if (isIntegral(info.elementType) || info.elementType === "bool") {
    throw new EigenlensError(
      "condition",
      `${where} holds ${info.elementType}, so it is quantised, and its scales stand elsewhere: give the weights of the model before it was quantised.`,
    );
  }
  const [rows = 0] = info.shape;
  const length = info.shape.slice(1).reduce((product, extent) => product * extent, 1);
  if (length > mostRowValues) {
    throw new EigenlensError(
      "condition",
      `${where}: ${shapeText(info.shape)} has ${length} values a row, too many to be held: save it without its first axis.`,
    );
  }
  const long = info.shape.filter((extent) => extent !== 1);
  return {
    where,
    shape: long.length === 0 ? [1] : long,
    forEachBlock: async (visit) => {
      const count = Math.max(1, Math.floor(blockValues / Math.max(1, length)));
      const buffer: RowBuffer = fitsSingle(info.elementType)
        ? new Float32Array(count * length)
        : new Float64Array(count * length);
      for (let first = 0; first < rows; first += count) {
        const stop = Math.min(rows, first + count);
        const block = buffer.subarray(0, (stop - first) * length);
        await file.readRows(info.name, first, stop, block);
        visit(block, first, stop - first);
      }
    },
  };
}
