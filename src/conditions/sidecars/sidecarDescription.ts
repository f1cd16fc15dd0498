import { isMissing } from "../naming/identifiers.ts";
import { clusterColumns, groupAliases, sentenceAliases } from "../selection/rowVectors.ts";
import type { Sidecar } from "./sidecar.ts";
import { rowsOfCondition, textsOfCondition } from "./sidecarRows.ts";

/** Which rows a sidecar is asked about. */
export interface DescribedRows {
  /** How many rows the tensor has. */
  readonly rows: number;
  /** What the condition is called. */
  readonly names: readonly string[];
  /** [rows], if the tensor holds several conditions. */
  readonly labels?: readonly string[];
  /** [rows], the number of the pair that a row belongs to, if the data say so. */
  readonly pairs?: readonly string[];
}

/** What a sidecar says of each row, [rows]. */
export interface SidecarDescription {
  readonly sentences?: readonly string[];
  readonly groups?: readonly string[];
  readonly clusters?: NamedColumn;
}

/** One identifier per row, and what the column is called. */
export interface NamedColumn {
  readonly column: string;
  readonly texts: readonly string[];
}

/**
 * What a sidecar says of the rows: row i is pair i of a list of pairs, or the pair that its identifier names; else
 * columns with one text per row, or records of several conditions of which some are this one's.
 * @param notes takes a line about a column of clusters that does not fit the rows
 */
export function descriptionIn(
  sidecar: Sidecar,
  described: DescribedRows,
  notes: string[],
): SidecarDescription {
  const fromPairs = pairsOf(sidecar, described);
  if (fromPairs === undefined) return columnsOf(sidecar, described, notes);
  const { sentences, pairOf } = fromPairs;
  const clusters =
    clustersOfPairs(sidecar, described, pairOf) ?? clustersIn(sidecar, described, notes);
  return {
    sentences,
    groups: pairOf.map((pair) => (pair === undefined ? "" : String(pair))),
    ...(clusters === undefined ? {} : { clusters }),
  };
}

/** `{"pairs": [{"him": ..., "her": ...}]}`: each row's pair, undefined if unknown, and its sentence. */
function pairsOf(
  { pairs, pairCount }: Sidecar,
  { rows, names, labels, pairs: identifiers }: DescribedRows,
): { sentences: readonly string[]; pairOf: readonly (number | undefined)[] } | undefined {
  if (pairs === undefined) return undefined;
  // Several conditions in one tensor: each counts its own rows.
  const counts = new Map<string, number>();
  const counted = (row: number): number => {
    const label = labels?.[row] ?? "";
    const before = counts.get(label) ?? 0;
    counts.set(label, before + 1);
    return before;
  };
  const sentences: string[] = [];
  const pairOf: (number | undefined)[] = [];
  for (let row = 0; row < rows; row += 1) {
    const identifier = identifiers?.[row];
    const isUnknown = identifier !== undefined && isMissing(identifier);
    const pair = identifier === undefined ? counted(row) : Number(identifier);
    const texts = textsOfCondition(pairs, labels === undefined ? names : [labels[row] ?? ""]);
    const isThere = Number.isInteger(pair) && pair >= 0 && pair < pairCount;
    if (!isUnknown && !isThere && (labels === undefined || texts !== undefined)) return undefined;
    if (labels === undefined && texts === undefined) return undefined;
    sentences.push(isUnknown ? "" : (texts?.[pair] ?? ""));
    pairOf.push(isUnknown || Number.isNaN(pair) ? undefined : pair);
  }
  return sentences.every((sentence) => sentence === "") ? undefined : { sentences, pairOf };
}

/** A field of the pairs, or a list as long as theirs: both rows of a pair get it. */
function clustersOfPairs(
  sidecar: Sidecar,
  { rows, names }: DescribedRows,
  pairOf: readonly (number | undefined)[],
): NamedColumn | undefined {
  const { pairColumns, pairCount, columns } = sidecar;
  const list = findClusters(columns, names);
  const found =
    findClusters(pairColumns ?? new Map(), names) ??
    (list?.texts.length === pairCount && pairCount !== rows ? list : undefined);
  if (found === undefined) return undefined;
  const texts = pairOf.map((pair) => (pair === undefined ? "" : (found.texts[pair] ?? "")));
  return { column: found.column, texts };
}

function columnsOf(
  sidecar: Sidecar,
  described: DescribedRows,
  notes: string[],
): SidecarDescription {
  const { columns } = sidecar;
  const { names, labels } = described;
  const named = (aliases: readonly string[]) =>
    aliases.map((alias) => columns.get(alias)).find((texts) => texts !== undefined);
  const own = textsOfCondition(columns, names);
  const sentences = fitted(
    sidecar,
    described,
    named(sentenceAliases) ?? (labels === undefined ? own : undefined) ?? columns.get(""),
  );
  const groups = fitted(sidecar, described, named(groupAliases));
  const clusters = clustersIn(sidecar, described, notes);
  return {
    ...(sentences === undefined ? {} : { sentences }),
    ...(groups === undefined ? {} : { groups }),
    ...(clusters === undefined ? {} : { clusters }),
  };
}

/** A column of clusters with one text per row. */
export function clustersIn(
  sidecar: Sidecar,
  described: DescribedRows,
  notes: string[],
): NamedColumn | undefined {
  const found = findClusters(sidecar.columns, described.names);
  if (found === undefined) return undefined;
  const texts = fitted(sidecar, described, found.texts);
  if (texts !== undefined) return { ...found, texts };
  notes.push(
    `${sidecar.path}: the column ${found.column} has ${found.texts.length} values for ${described.rows} rows and is not used.`,
  );
  return undefined;
}

/** The first of {@link clusterColumns} that is there, capitals aside. */
export function findClusters(
  columns: ReadonlyMap<string, readonly string[]>,
  names: readonly string[],
): NamedColumn | undefined {
  const known = new Map([...columns.keys()].map((name) => [name.toLowerCase(), name]));
  for (const wanted of clusterColumns(names)) {
    const column = known.get(wanted.toLowerCase());
    const texts = column === undefined ? undefined : columns.get(column);
    if (column !== undefined && texts !== undefined) return { column, texts };
  }
  return undefined;
}

/** As it stands if it has one text per row, else those of the condition's own records. */
function fitted(
  sidecar: Sidecar,
  { rows, names }: DescribedRows,
  texts: readonly string[] | undefined,
): readonly string[] | undefined {
  if (texts === undefined || texts.length === rows) return texts;
  const chosen = rowsOfCondition(sidecar, names);
  return chosen.length === rows ? chosen.map((row) => texts[row] ?? "") : undefined;
}
