import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { place } from "../activations/storedTensor.ts";
import { describeError } from "../errors.ts";
import { fileStem } from "./naming/guessName.ts";
import { withoutGaps } from "./naming/identifiers.ts";
import { folderOf, innerFolder } from "./naming/paths.ts";
import { placesBeside } from "./selection/rowTexts.ts";
import {
  clusterColumns,
  findRowVector,
  groupAliases,
  misfitVectors,
  readVectorTexts,
  sentenceAliases,
} from "./selection/rowVectors.ts";
import { readSidecar } from "./sidecars/readSidecar.ts";
import type { Sidecar } from "./sidecars/sidecar.ts";
import {
  clustersIn,
  descriptionIn,
  type DescribedRows,
  type NamedColumn,
  type SidecarDescription,
} from "./sidecars/sidecarDescription.ts";

/** What is known of each row of a tensor, before any selection. */
export interface RowDescription {
  readonly sentences?: readonly string[];
  /** Rows of both conditions with the same identifier belong together. */
  readonly groups?: readonly string[];
  /** Rows with the same identifier depend on each other. */
  readonly clusters?: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds each row's sentence, pair and cluster: vectors in the container first, then a file beside the data
 * (`NAME.sentences.json`, `NAME.json`, `sentences.json`, `clusters.json`; NAME also without the condition's word, so
 * that `tokens_him.npy` finds `tokens.json`). What does not fit the rows becomes a note.
 * @param names what the condition is called, under which a list of pairs holds its sentences
 * @param labels one label per row if the tensor holds several conditions
 */
export async function describeRows(
  file: ActivationFile,
  info: TensorInfo,
  names: readonly string[],
  labels: readonly string[] | undefined,
  fileSystem: FileSystem,
): Promise<RowDescription> {
  const notes: string[] = [];
  const own = await ownColumns(file, info, names, labels, notes);
  const described: DescribedRows = {
    rows: info.shape[0] ?? 0,
    names,
    ...(labels === undefined ? {} : { labels }),
    ...(own.groups === undefined || !own.namesPairs ? {} : { pairs: own.groups.texts }),
  };
  const beside =
    own.sentences === undefined ? await fromSidecars(file, described, fileSystem, notes) : {};
  let groups = own.groups?.texts ?? beside.groups;
  let clusters =
    own.clusters ?? beside.clusters ?? (await fromClusterFiles(file, described, fileSystem, notes));
  if (own.groups !== undefined && !own.namesPairs && beside.groups && clusters === undefined) {
    // Which rows are pairs, the list says; what repeats within a condition is more than a pair.
    groups = beside.groups;
    clusters = own.groups;
  }
  const where = place(file.path, info.name);
  const pairs = groups && withoutGaps(groups, own.groups?.column ?? "pairs", where, notes);
  const named = clusters && withoutGaps(clusters.texts, clusters.column, where, notes);
  const sentences = own.sentences ?? beside.sentences;
  return {
    notes,
    ...(sentences === undefined ? {} : { sentences }),
    ...(pairs === undefined ? {} : { groups: pairs }),
    ...(named === undefined ? {} : { clusters: named }),
  };
}

interface OwnColumns {
  readonly sentences?: readonly string[];
  readonly groups?: NamedColumn;
  /** Whether the groups' identifiers may be numbers of pairs. */
  readonly namesPairs: boolean;
  readonly clusters?: NamedColumn;
}

/** Vectors of the container itself. */
async function ownColumns(
  file: ActivationFile,
  info: TensorInfo,
  names: readonly string[],
  labels: readonly string[] | undefined,
  notes: string[],
): Promise<OwnColumns> {
  const read = async (aliases: readonly string[]): Promise<NamedColumn | undefined> => {
    const vector = findRowVector(file, info, aliases);
    return vector && { column: vector.name, texts: await readVectorTexts(file, vector) };
  };
  const sentenceVector = findRowVector(file, info, sentenceAliases);
  const sentences =
    sentenceVector?.elementType === "text"
      ? await readVectorTexts(file, sentenceVector)
      : undefined;
  const groups = await read(groupAliases);
  const clusters = await read(clusterColumns(names));
  if (clusters === undefined) {
    for (const { name, shape } of misfitVectors(file, info, clusterColumns(names))) {
      notes.push(
        `${file.path}: the column ${name} has ${shape.join(" x ")} values for ${info.shape[0]} rows and is not used.`,
      );
    }
  }
  // The column of labels itself may be called "group": it pairs nothing.
  const telling = groups !== undefined && !isLabel(groups.texts, labels) ? groups : undefined;
  return {
    ...(sentences === undefined ? {} : { sentences }),
    ...(telling === undefined ? {} : { groups: telling }),
    namesPairs:
      telling !== undefined &&
      (/pair/i.test(telling.column) || !repeatsWithin(telling.texts, labels)),
    ...(clusters === undefined ? {} : { clusters }),
  };
}

/** Whether all rows of a label have the same text. */
function isLabel(texts: readonly string[], labels: readonly string[] | undefined): boolean {
  if (labels === undefined) return false;
  const textOf = new Map(texts.map((text, row) => [labels[row], text]));
  return texts.every((text, row) => textOf.get(labels[row]) === text);
}

/** Whether a text stands for several rows of one condition. */
function repeatsWithin(texts: readonly string[], labels: readonly string[] | undefined): boolean {
  const keys = texts.map((text, row) => JSON.stringify([labels?.[row], text]));
  return new Set(keys).size < keys.length;
}

/** The first file of sentences that describes the rows; what files before it say of pairs and clusters goes first. */
async function fromSidecars(
  file: ActivationFile,
  described: DescribedRows,
  fileSystem: FileSystem,
  notes: string[],
): Promise<SidecarDescription> {
  let known: SidecarDescription = {};
  const { rows, names } = described;
  for (const path of sidecarPaths(file, names)) {
    if (path === file.path || (await fileSystem.stat(path))?.kind !== "file") continue;
    let sidecar: Sidecar;
    try {
      sidecar = await readSidecar(path, fileSystem, rows);
    } catch (error) {
      notes.push(`${path} is not used for sentences: ${describeError(error).message}`);
      continue;
    }
    const found = descriptionIn(sidecar, described, notes);
    known = { ...found, ...known };
    if (known.sentences !== undefined) return known;
    if (/sentences/.test(fileStem(path)) && Object.keys(found).length === 0) {
      notes.push(
        `${path} does not describe the ${rows} rows of ${file.path}${lengths(sidecar)} and is not used.`,
      );
    }
  }
  return known;
}

/** How much there is instead, in brackets. */
function lengths({ pairs, pairCount, columns }: Sidecar): string {
  if (pairs !== undefined) return ` (it has ${pairCount} pairs)`;
  const found = [...new Set([...columns.values()].map((texts) => texts.length))];
  return found.length === 0 ? "" : ` (it has ${found.join(" or ")} texts)`;
}

/** A file of its own (`NAME.clusters.json`, `clusters.npy`), or a column of what else is known of the rows. */
async function fromClusterFiles(
  file: ActivationFile,
  described: DescribedRows,
  fileSystem: FileSystem,
  notes: string[],
): Promise<NamedColumn | undefined> {
  for (const { path, isOfKind } of placesBeside(file, "clusters")) {
    if (path === file.path || (await fileSystem.stat(path))?.kind !== "file") continue;
    let sidecar: Sidecar;
    try {
      sidecar = await readSidecar(path, fileSystem, described.rows);
    } catch (error) {
      if (isOfKind) {
        notes.push(`${path} is not used for clusters: ${describeError(error).message}`);
      }
      continue;
    }
    const own = isOfKind ? onlyColumn(sidecar, described) : sidecar;
    const found = own && clustersIn(own, described, isOfKind ? notes : []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** In a file called clusters, a single column and a condition's own list are clusters whatever they are called. */
function onlyColumn(sidecar: Sidecar, { names }: DescribedRows): Sidecar {
  const columns = new Map(sidecar.columns);
  const single = sidecar.columns.size === 1 ? [...sidecar.columns.values()][0] : undefined;
  const lower = names.map((name) => name.toLowerCase());
  const own = [...sidecar.columns].find(([name]) => lower.includes(name.toLowerCase()))?.[1];
  const clusters = own ?? single;
  if (clusters !== undefined) columns.set("clusters", clusters);
  return { ...sidecar, columns };
}

function sidecarPaths(
  { path: dataPath, folder: within }: ActivationFile,
  names: readonly string[],
): string[] {
  const inside = within === undefined ? [] : [innerFolder(within)];
  const folder = folderOf(dataPath);
  const stem = fileStem(dataPath);
  const common = names.map((name) => {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return stem.replace(new RegExp(`[._-]?${escaped}(?![A-Za-z])`, "i"), "");
  });
  const stems = [...new Set([stem, ...common])].filter((each) => each !== "");
  const own = stems.flatMap((each) => [
    `${each}.sentences.json`,
    `${each}_sentences.json`,
    `${each}.json`,
    `${each}.sentences.txt`,
  ]);
  const shared = ["sentences.json", "sentences.csv", "sentences.txt"];
  return [
    ...inside.flatMap((base) => shared.map((each) => base + each)),
    ...[...own, ...shared].map((each) => folder + each),
  ];
}
