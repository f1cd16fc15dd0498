/** `format` in the `__metadata__` of a moments document, without the version. */
export const formatName = "eigenlens.moments";

/** A reader refuses what is higher. */
export const formatVersion = 1;

/** The parts of the moments of one set of rows: n [1], the mean [D], the sum of squares about the mean [D, D]. */
export const partNames = ["count", "mean", "scatter"] as const;
export type PartName = (typeof partNames)[number];

/** The tensor of a document whose moments are of projections: orthonormal rows, [k, D]. */
export const basisName = "basis";

/** What such a document says of the neurons themselves: the means and the sums of squares about them, [D] each. */
export const neuronPartNames = ["neuron_mean", "neuron_squares"] as const;

/** Some of a condition's rows: those of a fold, or of a group of its clusters, which lies within one fold. */
export interface Subset {
  readonly kind: "fold" | "cluster";
  /** From 0. */
  readonly number: number;
}

/**
 * The name of a tensor in a moments document: `NAME.scatter`, `NAME.fold.3.scatter`, `NAME.cluster.7.scatter`.
 * @param subset all rows if absent
 */
export function tensorName(condition: string, subset: Subset | undefined, part: PartName): string {
  return subset === undefined
    ? `${condition}.${part}`
    : `${condition}.${subset.kind}.${subset.number}.${part}`;
}

/** All rows, each fold, each group of clusters, in the order in which they are written. */
export function subsetsOf(folds: number, groups: number): readonly (Subset | undefined)[] {
  const of = (kind: Subset["kind"], count: number) =>
    Array.from({ length: count }, (_, number): Subset => ({ kind, number }));
  return [undefined, ...of("fold", folds), ...of("cluster", groups)];
}

/** What {@link tensorName} was given; undefined if a tensor is none of a moments document. */
export function parseTensorName(
  name: string,
): { readonly condition: string; readonly subset?: Subset; readonly part: PartName } | undefined {
  const found = /^(.+?)(?:\.(fold|cluster)\.(\d{1,6}))?\.(count|mean|scatter)$/s.exec(name);
  if (found === null) return undefined;
  const [, condition, kind, number, part] = found;
  const known = partNames.find((each) => each === part);
  if (known === undefined) return undefined;
  if (kind !== "fold" && kind !== "cluster") return { condition, part: known };
  return { condition, part: known, subset: { kind, number: Number(number) } };
}

/** Whether a condition may be called so: a name that ends as a fold's does would be read as one. */
export function isConditionName(name: string): boolean {
  const read = parseTensorName(tensorName(name, undefined, "count"));
  return name !== "" && read?.condition === name && read.subset === undefined;
}
