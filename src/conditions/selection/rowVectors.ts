import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import { isIntegral } from "../../activations/elements/elementType.ts";

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
/**
 * Columns by which rows depend on each other: what was said by one, or built in one way. The first that is there is
 * used, so that `clusters` has the last word.
 */
export const clusterAliases = [
  ...["clusters", "cluster", "cluster_ids", "cluster_id"],
  ...["templates", "template", "template_ids", "template_id"],
  ...["subjects", "subject", "subject_ids", "subject_id"],
  ...["participants", "participant", "participant_ids", "participant_id"],
  ...["speakers", "speaker", "speaker_ids", "speaker_id"],
  ...["items", "item", "item_ids", "item_id"],
  // Tokens of one request, if each token is a row.
  ...["requests", "request"],
];

/** The aliases that may name clusters of one condition (`clusters_him`, `him.clusters`), then those of all rows. */
export function clusterColumns(conditions: readonly string[]): string[] {
  const own = conditions.flatMap((name) =>
    clusterAliases.flatMap((alias) => [
      `${alias}.${name}`,
      `${alias}_${name}`,
      `${name}.${alias}`,
      `${name}_${alias}`,
    ]),
  );
  return [...own, ...clusterAliases];
}

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

/** Vectors that are called as one of `names` and have another length than the tensor has rows. */
export function misfitVectors(
  file: ActivationFile,
  info: TensorInfo,
  names: readonly string[],
): TensorInfo[] {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return file.tensors.filter(
    ({ name, shape }) =>
      name !== info.name &&
      known.has(name.toLowerCase()) &&
      vectorLength(shape) !== undefined &&
      vectorLength(shape) !== info.shape[0],
  );
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
