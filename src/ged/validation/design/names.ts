import { targetLabel } from "../../reduced/labelledRows.ts";
import type { ValidationWarning } from "../report.ts";
import type { RowNames } from "./rowNames.ts";
import { Partition } from "./partition.ts";

/**
 * What the names say of the rows' dependence: groups without a partner anywhere name clusters, beside those of the
 * clusters' own column. Columns that tell nothing are left out, with a line.
 * @param labels [N]
 * @param notes takes the lines
 */
export function readNames(
  labels: Uint8Array,
  names: RowNames,
  notes: string[],
): { groups?: readonly string[]; clusterNames?: readonly string[] } {
  const { groups, clusters } = names;
  const clusterNames = clusters && telling(clusters, labels, "clusters", notes);
  if (groups === undefined) return clusterNames === undefined ? {} : { clusterNames };
  if (isShared(groups, labels)) {
    return { groups, ...(clusterNames === undefined ? {} : { clusterNames }) };
  }
  const named = telling(groups, labels, "groups", notes);
  if (named === undefined) return clusterNames === undefined ? {} : { clusterNames };
  if (clusterNames === undefined) return { clusterNames: named };
  const both = new Partition(labels.length);
  both.joinNamesakes(clusterNames);
  both.joinNamesakes(named);
  return { clusterNames: Array.from(labels.keys(), (row) => String(both.find(row))) };
}

/** Whether any name stands in both conditions. */
function isShared(names: readonly string[], labels: Uint8Array): boolean {
  const ofTarget = new Set(names.filter((_name, row) => labels[row] === targetLabel));
  return names.some((name, row) => labels[row] !== targetLabel && ofTarget.has(name));
}

function telling(
  names: readonly string[],
  labels: Uint8Array,
  column: "clusters" | "groups",
  notes: string[],
): readonly string[] | undefined {
  const different = new Set(names).size;
  const perCondition = [0, 1].map(
    (label) => new Set(names.filter((_name, row) => labels[row] === label)).size,
  );
  if (different === names.length) {
    notes.push(
      column === "clusters"
        ? `Column of clusters: each of the ${names.length} rows has a name of its own, so it holds no rows together.`
        : `Column of groups: no two of the ${names.length} rows have a name in common, within a condition or across, so it pairs none; if rows come in pairs, give both rows of a pair one name.`,
    );
    return undefined;
  }
  if (perCondition.some((own) => own > 1)) return names;
  notes.push(
    different === 1
      ? `Column of ${column}: it names one and the same for all ${names.length} rows, which tells none from another, and is not used.`
      : `Column of ${column}: it names one and the same for all rows of a condition, which tells none from another, and is not used; if each condition comes from one source alone, no p tells the condition from its source.`,
  );
  return undefined;
}

/** Clusters by name, or why they cannot be taken into account. */
export interface NamedClusters {
  readonly clusters: Partition;
  readonly warning?: ValidationWarning;
}

/**
 * Whether clusters and pairs can both be kept together. Pairs join the clusters of their two rows; if they leave fewer
 * sets than either condition has clusters, the two disagree, which is said; if they leave a single one, nothing could
 * be held out, and clusters are not used.
 * @param names [N] of clusters
 * @param pairing [N] of pairs or groups; undefined if rows stand alone
 * @param notes takes a line if they disagree and can still be used
 */
export function agreeWithPairs(
  labels: Uint8Array,
  names: readonly string[],
  pairing: readonly string[] | undefined,
  notes: string[],
): NamedClusters {
  const clusters = new Partition(labels.length);
  clusters.joinNamesakes(names);
  if (pairing === undefined) return { clusters };
  const paired = pairedRows(labels, pairing);
  const together = new Partition(labels.length);
  together.joinAll(clusters);
  together.joinNamesakes(pairing);
  const sets = (partition: Partition, label?: number): number =>
    new Set(
      paired
        .filter((row) => label === undefined || labels[row] === label)
        .map((row) => partition.find(row)),
    ).size;
  const named = Math.min(sets(clusters, 0), sets(clusters, 1));
  const left = sets(together);
  if (left >= named) return { clusters };
  const seen = `Clusters and pairs disagree: pairs have their two rows in different clusters, so that of ${named} clusters ${left === 1 ? "one is" : `${left} are`} left that no pair crosses`;
  const everything = new Set(Array.from(labels.keys(), (row) => together.find(row))).size;
  if (everything > 1) {
    notes.push(
      `${seen}; these are held out together. Correct the column of clusters if it is in another order than the rows.`,
    );
    return { clusters };
  }
  return {
    clusters,
    warning: {
      code: "misalignedPairs",
      text: `${seen}: nothing could be held out, and clusters are not taken into account, so neither the ratio nor p can be trusted. Correct the column of clusters, or that of pairs.`,
    },
  };
}

/** Rows whose group has rows of both conditions. */
function pairedRows(labels: Uint8Array, pairing: readonly string[]): number[] {
  const conditions = new Map<string, Set<number>>();
  pairing.forEach((name, row) => {
    const own = conditions.get(name) ?? new Set();
    conditions.set(name, own.add(labels[row]));
  });
  return Array.from(labels.keys()).filter((row) => conditions.get(pairing[row])?.size === 2);
}
