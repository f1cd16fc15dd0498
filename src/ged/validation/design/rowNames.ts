import { Partition } from "./partition.ts";

/** What files and users say of the rows; each [N], target rows first. */
export interface RowNames {
  /** Rows of both conditions with the same identifier belong together: pairs, subjects. */
  readonly groups?: readonly string[];
  /** Rows with the same identifier depend on each other, within a condition or across. */
  readonly clusters?: readonly string[];
  readonly sentences?: readonly string[];
}

/** Which dependence, found in the rows themselves, is taken into account. */
export interface FoundStructure {
  readonly repeats: boolean;
  readonly templates: boolean;
  /** Pairs that nobody named, and named ones that stand in another order. */
  readonly pairs: boolean;
}

export const allStructure: FoundStructure = { repeats: true, templates: true, pairs: true };

/** Groups without a partner anywhere name clusters; columns that say nothing are left out, with a line. */
export function readNames(
  labels: Uint8Array,
  names: RowNames,
  notes: string[],
): { groups?: readonly string[]; clusterNames?: readonly string[] } {
  const { groups } = names;
  const clusterNames = useful(names.clusters, "clusters", notes);
  if (groups === undefined) return clusterNames === undefined ? {} : { clusterNames };
  const conditions = new Map<string, Set<number>>();
  groups.forEach((group, row) => {
    const own = conditions.get(group) ?? new Set();
    conditions.set(group, own.add(labels[row]));
  });
  const anyShared = [...conditions.values()].some((own) => own.size === 2);
  if (anyShared) return { groups, ...(clusterNames === undefined ? {} : { clusterNames }) };
  const named = useful(groups, "groups", notes);
  if (named === undefined) return clusterNames === undefined ? {} : { clusterNames };
  if (clusterNames === undefined) return { clusterNames: named };
  const both = new Partition(labels.length);
  both.joinNamesakes(clusterNames);
  both.joinNamesakes(named);
  return { clusterNames: Array.from(labels.keys(), (row) => String(both.find(row))) };
}

function useful(
  names: readonly string[] | undefined,
  column: string,
  notes: string[],
): readonly string[] | undefined {
  if (names === undefined) return undefined;
  const different = new Set(names).size;
  if (different === names.length) return undefined;
  if (different > 1) return names;
  notes.push(
    `Column of ${column}: it names one and the same for all ${names.length} rows, which tells none from another, and is not used.`,
  );
  return undefined;
}

/** The same sentence in the same condition is the same observation. */
export function sentenceKeys(
  sentences: readonly string[],
  labels: Uint8Array,
): (string | undefined)[] {
  return sentences.map((sentence, row) => {
    const text = sentence.trim();
    return text === "" ? undefined : `${labels[row]} ${text}`;
  });
}
