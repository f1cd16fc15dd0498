import type { ValidationWarning } from "../report.ts";
import { targetLabel } from "../../reduced/labelledRows.ts";
import type { RowSource } from "../../reduced/rowSource.ts";
import { formUnits, partnersOf } from "./blocks.ts";
import { findCounterparts } from "./counterparts.ts";
import { Partition } from "./partition.ts";
import { agreeWithPairs, readNames } from "./names.ts";
import { joinRepeats } from "./repeats.ts";
import { joinTemplates } from "./templates.ts";
import type { Units } from "./units.ts";
import { choosePairs } from "./pairs.ts";
import { sentenceKeys, type FoundStructure, type RowNames } from "./rowNames.ts";

export { allStructure, type FoundStructure, type RowNames } from "./rowNames.ts";

/** Where clusters came from. */
export type ClusterOrigin = "named" | "repeats" | "templates";

/** How rows depend on each other, and what a reader must know of it. */
export interface Design {
  readonly units: Units;
  /** Rows of each condition, repeated ones counted once. */
  readonly distinct: { readonly target: number; readonly reference: number };
  /** Sets of rows that are permuted as a whole, single rows included. */
  readonly clusters: { readonly count: number; readonly origins: readonly ClusterOrigin[] };
  readonly warnings: readonly ValidationWarning[];
  /** What names could not be used, one line each. */
  readonly notes: readonly string[];
  /** Dependence that was found and switched off: no p is to be trusted then. */
  readonly ignored: readonly ValidationWarning["code"][];
}

/**
 * Finds out which rows depend on each other: by what names say, and by what the rows and their sentences show
 * (repeated rows, shared templates, pairs out of order or unnamed).
 * @param labels [N]
 * @param seed draws the blocks of rows that stand alone
 * @param checkpoint is called now and then; throws to stop
 */
export function findDesign(
  source: RowSource,
  labels: Uint8Array,
  names: RowNames,
  structure: FoundStructure,
  seed: number,
  checkpoint?: () => void,
): Design {
  const rows = labels.length;
  const warnings: ValidationWarning[] = [];
  const ignored: ValidationWarning["code"][] = [];
  const origins: ClusterOrigin[] = [];
  const clusters = new Partition(rows);

  const notes: string[] = [...(names.notes ?? [])];
  const { groups, clusterNames } = readNames(labels, names, notes);

  const repeats = joinRepeats(source, labels, checkpoint);
  const copies = repeats.clone();
  if (names.sentences !== undefined) repeats.joinNamesakes(sentenceKeys(names.sentences, labels));
  const distinct = countDistinct(repeats, labels);
  if (repeats.sets().length < rows) {
    if (structure.repeats) {
      clusters.joinAll(repeats);
      origins.push("repeats");
    } else ignored.push("repeatedRows");
    warnings.push(describeRepeats(labels, repeats, distinct, structure.repeats));
  }

  const counterparts = findCounterparts(source, labels, repeats, checkpoint);
  const pairing = choosePairs(labels, groups, counterparts, structure, warnings, ignored);

  const named = clusterNames && agreeWithPairs(labels, clusterNames, pairing, notes);
  if (named !== undefined && named.warning === undefined) {
    clusters.joinAll(named.clusters);
    origins.unshift("named");
  } else if (named?.warning !== undefined) {
    warnings.push(named.warning);
    ignored.push(named.warning.code);
  }

  if (names.sentences !== undefined) {
    const partnerOf = partnersOf(labels, pairing);
    const templates = joinTemplates(names.sentences, labels, partnerOf, notes, checkpoint);
    templates.joinAll(repeats);
    addTemplates(templates, { labels, clusters, repeats, partnerOf }, structure, origins, {
      warnings,
      ignored,
    });
  }
  joinGroupsWithoutPartner(labels, pairing, clusters);
  return {
    units: formUnits(labels, clusters, pairing, seed, structure.repeats ? copies : undefined),
    distinct,
    clusters: { count: clusters.sets().length, origins },
    warnings,
    notes,
    ignored,
  };
}

/** A group whose rows are all of one condition can only be permuted as a whole. */
function joinGroupsWithoutPartner(
  labels: Uint8Array,
  pairing: readonly string[] | undefined,
  clusters: Partition,
): void {
  if (pairing === undefined) return;
  const groups = new Partition(labels.length);
  groups.joinNamesakes(pairing);
  for (const rows of groups.sets()) {
    if (rows.some((row) => labels[row] !== labels[rows[0]])) continue;
    for (const row of rows) clusters.join(rows[0], row);
  }
}

function countDistinct(
  repeats: Partition,
  labels: Uint8Array,
): { target: number; reference: number } {
  const found = { target: 0, reference: 0 };
  for (const rows of repeats.sets()) {
    if (rows.some((row) => labels[row] === targetLabel)) found.target += 1;
    if (rows.some((row) => labels[row] !== targetLabel)) found.reference += 1;
  }
  return found;
}

function describeRepeats(
  labels: Uint8Array,
  repeats: Partition,
  distinct: { readonly target: number; readonly reference: number },
  applied: boolean,
): ValidationWarning {
  const targets = labels.reduce((sum, label) => sum + (label === targetLabel ? 1 : 0), 0);
  const inBoth = distinct.target + distinct.reference - repeats.sets().length;
  const shared = inBoth === 0 ? "" : `; ${inBoth} of them in both conditions`;
  const facts = `${targets} target rows, ${distinct.target} distinct; ${labels.length - targets} reference rows, ${distinct.reference} distinct${shared}`;
  return {
    code: "repeatedRows",
    text: applied
      ? `Rows repeat each other (${facts}): repeated rows are held out together, permuted together and counted once.`
      : `Rows repeat each other (${facts}), and this was not taken into account, as you asked: held-out rows are no new rows, so neither the ratio nor p can be trusted.`,
  };
}

function addTemplates(
  templates: Partition,
  known: {
    readonly labels: Uint8Array;
    readonly clusters: Partition;
    readonly repeats: Partition;
    readonly partnerOf: Int32Array;
  },
  structure: FoundStructure,
  origins: ClusterOrigin[],
  into: { warnings: ValidationWarning[]; ignored: ValidationWarning["code"][] },
): void {
  const { labels, clusters, repeats, partnerOf } = known;
  // Partners and repeats share their words by nature: they say nothing of a template.
  const apart = new Partition(labels.length);
  apart.joinAll(repeats);
  partnerOf.forEach((partner, row) => {
    if (partner >= 0) apart.join(row, partner);
  });
  const before = apart.sets().length;
  apart.joinAll(templates);
  const sets = apart.sets();
  if (sets.length === before) return;
  const facts = `${labels.length} rows, ${sets.length} template${sets.length === 1 ? "" : "s"}`;
  if (structure.templates) {
    clusters.joinAll(templates);
    origins.push("templates");
  } else into.ignored.push("sharedTemplates");
  into.warnings.push({
    code: "sharedTemplates",
    text: structure.templates
      ? `Sentences share templates (${facts}): rows of one template are held out together and permuted together.`
      : `Sentences share templates (${facts}), and this was not taken into account, as you asked: held-out rows resemble fitted ones, so neither the ratio nor p can be trusted.`,
  });
}
