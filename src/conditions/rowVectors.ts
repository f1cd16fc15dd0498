import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import { isIntegral } from "../activations/elementType.ts";

export const labelAliases = [
  "labels",
  "label",
  "condition",
  "conditions",
  "class",
  "classes",
  "group",
  "y",
];
export const sentenceAliases = [
  "sentences",
  "sentence",
  "texts",
  "text",
  "prompts",
  "prompt",
  "input",
];
export const groupAliases = ["pairs", "pair", "pair_id", "pair_ids", "groups", "group"];

/** The length of a vector; one column or one row of a matrix is one too. Undefined for anything wider. */
export function vectorLength(shape: readonly number[]): number | undefined {
  const long = shape.filter((extent) => extent !== 1);
  return shape.length === 0 || long.length > 1 ? undefined : (long[0] ?? 1);
}

/** Vectors of the container that say one thing of each row of a tensor: text, integers or booleans. */
export function rowVectors(file: ActivationFile, info: TensorInfo): TensorInfo[] {
  return vectorsBeside(file, info).filter(
    ({ elementType }) => elementType === "text" || isIntegral(elementType),
  );
}

/** Of any type: MATLAB and pandas keep whole numbers and booleans as floats. */
function vectorsBeside(file: ActivationFile, info: TensorInfo): TensorInfo[] {
  return file.tensors.filter(
    ({ name, shape, unreadable }) =>
      unreadable === undefined && name !== info.name && vectorLength(shape) === info.shape[0],
  );
}

/** The first of `names` that is a vector beside the tensor: in its own group of the container, or at its top. */
export function findRowVector(
  file: ActivationFile,
  info: TensorInfo,
  names: readonly string[],
): TensorInfo | undefined {
  const group = /^(.*[/.])[^/.]*$/s.exec(info.name)?.[1] ?? "";
  const vectors = vectorsBeside(file, info);
  for (const name of names) {
    const found =
      vectors.find((vector) => vector.name === group + name) ??
      vectors.find((vector) => vector.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The values of a vector as text, whatever its type: numbers in decimal.
 * @throws EigenlensError as the file does
 */
export async function readVectorTexts(
  file: ActivationFile,
  { name, shape, elementType }: TensorInfo,
): Promise<readonly string[]> {
  const isColumn = shape.slice(1).every((extent) => extent === 1);
  if (elementType === "text" || (isIntegral(elementType) && isColumn)) return file.readLabels(name);
  const values = new Float64Array(vectorLength(shape) ?? 0);
  await file.readRows(name, 0, shape[0] ?? 0, values);
  return Array.from(values, String);
}
