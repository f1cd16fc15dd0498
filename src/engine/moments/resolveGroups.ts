import type { FoldRequest, MomentsRequest } from "../../protocol/moments.ts";

/** Tried in this order, of each fold. */
const perFold = [4, 2] as const;
/** What a task may hold of sums: a worker holds some of them at once. */
const mostBytes = 2 ** 29;
/** As in `eigenlens_dask.py`: more neurons than these are summed in so many directions. */
const mostColumns = 14_336;
const defaultRange = 500;

/**
 * How many groups of clusters are summed, if that is left to the room that they take.
 * @param columns D
 * @returns undefined for none
 */
export function resolveGroups(
  { folds, groups, range }: FoldRequest & Pick<Partial<MomentsRequest>, "range">,
  columns: number,
): number | undefined {
  if (groups !== "auto") return groups;
  const width = range ?? (columns > mostColumns ? defaultRange : columns);
  const count = perFold.find((each) => 8 * width ** 2 * each * folds <= mostBytes);
  return count === undefined || folds === 0 ? undefined : count * folds;
}
