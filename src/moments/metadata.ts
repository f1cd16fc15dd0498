import { provenanceIn, type CaptureProvenance } from "../activations/captureProvenance.ts";
import { EigenlensError } from "../errors.ts";
import { lookup } from "../lookup.ts";
import { printable } from "../text/printable.ts";
import { formatName, formatVersion } from "./documentFormat.ts";
import { labelText } from "../text/labelText.ts";

/**
 * How rows were assigned to folds. `design`: as a validation does it, by what depends on each other in the rows of both
 * conditions. `hash`: by the cluster's name, the same wherever it is met: the first four bytes, big-endian, of the
 * SHA-256 of `SEED:CLUSTER` modulo the number of folds; a row without a cluster is one of its own. `given`: by whoever
 * summed the rows.
 */
export type FoldRule = (typeof foldRules)[number];
const foldRules = ["design", "hash", "given"] as const;

/** One partition of the rows into folds. */
export interface FoldAssignment {
  /** K */
  readonly folds: number;
  readonly rule: FoldRule;
  /** Whether rows that depend on each other were kept together, or each row was assigned on its own. */
  readonly unit: "clusters" | "rows";
  readonly seed: number;
  /** Present if clusters were also put into groups, of which each has moments of its own. */
  readonly groups?: ClusterGroups;
}

/** Groups of clusters within folds: what may change labels without a row. */
export interface ClusterGroups {
  /** A multiple of the number of folds: group g lies in fold g modulo K. */
  readonly count: number;
  /** Whether clusters have rows in several conditions, so that a group of all of them is one and the same. */
  readonly paired: boolean;
}

/** What a moments document says beside its tensors. */
export interface MomentsMetadata {
  readonly provenance: CaptureProvenance;
  readonly assignment?: FoldAssignment;
  /** What a reader of the numbers must know of the rows, one line each. */
  readonly notes: readonly string[];
}

/** As `__metadata__` of the file. */
export function writtenMetadata(metadata: MomentsMetadata, maker: string): Record<string, string> {
  const { provenance, assignment, notes } = metadata;
  return {
    format: `${formatName}/${formatVersion}`,
    eigenlens: maker,
    ...provenance,
    ...(assignment === undefined
      ? {}
      : {
          folds: String(assignment.folds),
          fold_rule: assignment.rule,
          fold_unit: assignment.unit,
          seed: String(assignment.seed),
          ...(assignment.groups === undefined
            ? {}
            : {
                cluster_groups: String(assignment.groups.count),
                cluster_groups_paired: assignment.groups.paired ? "yes" : "no",
              }),
        }),
    ...(notes.length === 0 ? {} : { notes: JSON.stringify(notes) }),
  };
}

/** Whether a file's metadata call it a moments document, of whatever version. */
export function isMomentsMetadata(metadata: Readonly<Record<string, unknown>>): boolean {
  const format = lookup(metadata, "format");
  return typeof format === "string" && format.startsWith(`${formatName}/`);
}

/**
 * @param metadata `__metadata__` as it stands in the file
 * @throws EigenlensError "file-format" if it is no moments document, one of a newer format, or damaged
 */
export function parseMetadata(
  metadata: Readonly<Record<string, unknown>>,
  path: string,
): MomentsMetadata {
  if (!isMomentsMetadata(metadata)) {
    throw new EigenlensError(
      "file-format",
      `${path} holds no moments: make them with eigenlens moments.`,
    );
  }
  const version = String(metadata["format"]).slice(formatName.length + 1);
  if (version !== String(formatVersion)) {
    const isNewer = /^\d{1,15}$/.test(version) && Number(version) > formatVersion;
    throw isNewer
      ? new EigenlensError(
          "file-format",
          `${path} was written by a newer Eigenlens (moments format ${version}, this one reads up to ${formatVersion}): update Eigenlens.`,
        )
      : damagedMoments(path, `its format ${printable(version, 40)} is none that there is`);
  }
  const assignment = parseAssignment(metadata, path);
  return {
    provenance: provenanceIn(metadata),
    notes: parseNotes(lookup(metadata, "notes"), path),
    ...(assignment === undefined ? {} : { assignment }),
  };
}

/** One line for a document that contradicts itself. @param fault what is wrong, as a clause */
export function damagedMoments(path: string, fault: string): EigenlensError {
  return new EigenlensError(
    "file-format",
    `${path} is damaged: ${fault}. Copy it again, or make its moments anew.`,
  );
}

function parseAssignment(
  metadata: Readonly<Record<string, unknown>>,
  path: string,
): FoldAssignment | undefined {
  if (lookup(metadata, "folds") === undefined) return undefined;
  const whole = (key: string, least: number): number => {
    const text = lookup(metadata, key);
    const value = typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : -1;
    if (value >= least) return value;
    throw damagedMoments(path, `its ${key} is no whole number of at least ${least}`);
  };
  const rule = foldRules.find((known) => known === lookup(metadata, "fold_rule"));
  if (rule === undefined) {
    throw damagedMoments(path, "it does not say how rows were assigned to folds");
  }
  const folds = whole("folds", 2);
  const groups =
    lookup(metadata, "cluster_groups") === undefined ? 0 : whole("cluster_groups", folds);
  if (groups % folds > 0) {
    throw damagedMoments(path, `its ${groups} groups of clusters are no multiple of its folds`);
  }
  return {
    folds,
    ...(groups === 0
      ? {}
      : {
          groups: {
            count: groups,
            paired: lookup(metadata, "cluster_groups_paired") !== "no",
          },
        }),
    rule,
    unit: lookup(metadata, "fold_unit") === "clusters" ? "clusters" : "rows",
    seed: whole("seed", 0),
  };
}

function parseNotes(text: unknown, path: string): readonly string[] {
  if (text === undefined) return [];
  try {
    const notes: unknown = JSON.parse(labelText(text));
    if (Array.isArray(notes) && notes.every((note) => typeof note === "string")) return notes;
  } catch {
    // Said below: it is no list of texts either way.
  }
  throw damagedMoments(path, "its notes are no list of texts");
}
