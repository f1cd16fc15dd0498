/** `format` in the `__metadata__` of a moments document, without the version. */
export const formatName = "eigenlens.moments";

/** A reader refuses what is higher. */
export const formatVersion = 1;

/** The parts of the moments of one set of rows: n [1], the mean [D], the sum of squares about the mean [D, D]. */
export const partNames = ["count", "mean", "scatter"] as const;
export type PartName = (typeof partNames)[number];

/**
 * The name of a tensor in a moments document: `NAME.scatter`, `NAME.fold.3.scatter`.
 * @param fold from 0; all rows if absent
 */
export function tensorName(condition: string, fold: number | undefined, part: PartName): string {
  return fold === undefined ? `${condition}.${part}` : `${condition}.fold.${fold}.${part}`;
}

/** What {@link tensorName} was given; undefined if a tensor is none of a moments document. */
export function parseTensorName(
  name: string,
): { readonly condition: string; readonly fold?: number; readonly part: PartName } | undefined {
  const found = /^(.+?)(?:\.fold\.(\d{1,6}))?\.(count|mean|scatter)$/s.exec(name);
  if (found === null) return undefined;
  const [, condition, fold, part] = found;
  const known = partNames.find((each) => each === part);
  if (known === undefined) return undefined;
  return { condition, part: known, ...(fold === undefined ? {} : { fold: Number(fold) }) };
}

/** Whether a condition may be called so: a name that ends as a fold's does would be read as one. */
export function isConditionName(name: string): boolean {
  const read = parseTensorName(tensorName(name, undefined, "count"));
  return name !== "" && read?.condition === name && read.fold === undefined;
}
