import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { describeError } from "../errors.ts";
import { fileStem } from "./guessName.ts";
import { folderOf } from "./paths.ts";
import { findRowVector, groupAliases, readVectorTexts, sentenceAliases } from "./rowVectors.ts";
import { readSidecar, type Sidecar } from "./sidecar.ts";
import { rowsOfCondition, textsOfCondition } from "./sidecarRows.ts";

/** What is known of each row of a tensor, before any selection. */
export interface RowDescription {
  readonly sentences?: readonly string[];
  /** Rows of both conditions with the same identifier belong together. */
  readonly groups?: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds each row's sentence and pair: vectors in the container first, then a file beside the data
 * (`NAME.sentences.json`, `NAME.json`, `sentences.json`; NAME also without the condition's word, so that
 * `tokens_him.npy` finds `tokens.json`).
 * @param names what the condition is called, under which a list of pairs holds its sentences
 * @param labels one label a row where the tensor holds several conditions
 */
export async function describeRows(
  file: ActivationFile,
  info: TensorInfo,
  names: readonly string[],
  labels: readonly string[] | undefined,
  fileSystem: FileSystem,
): Promise<RowDescription> {
  const sentenceVector = findRowVector(file, info, sentenceAliases);
  const groupVector = findRowVector(file, info, groupAliases);
  const groups = groupVector === undefined ? undefined : await readVectorTexts(file, groupVector);
  if (sentenceVector !== undefined && sentenceVector.elementType === "text") {
    return description(await readVectorTexts(file, sentenceVector), groups, []);
  }
  const notes: string[] = [];
  const rows = info.shape[0] ?? 0;
  for (const path of sidecarPaths(file.path, names)) {
    if (path === file.path || (await fileSystem.stat(path))?.kind !== "file") continue;
    let sidecar: Sidecar;
    try {
      sidecar = await readSidecar(path, fileSystem, rows);
    } catch (error) {
      notes.push(`${path} is not used for sentences: ${describeError(error).message}`);
      continue;
    }
    const found =
      fromPairs(sidecar, names, rows, labels, groups) ?? fromColumns(sidecar, names, rows, labels);
    if (found !== undefined) return description(found.sentences, groups ?? found.groups, notes);
    if (/sentences/.test(fileStem(path))) {
      notes.push(`${path} does not describe the ${rows} rows of ${file.path} and is not used.`);
    }
  }
  return description(undefined, groups, notes);
}

function description(
  sentences: readonly string[] | undefined,
  groups: readonly string[] | undefined,
  notes: readonly string[],
): RowDescription {
  return {
    notes,
    ...(sentences === undefined ? {} : { sentences }),
    ...(groups === undefined ? {} : { groups }),
  };
}

function sidecarPaths(dataPath: string, names: readonly string[]): string[] {
  const folder = folderOf(dataPath);
  const stem = fileStem(dataPath);
  const shared = names.map((name) => {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return stem.replace(new RegExp(`[._-]?${escaped}(?![A-Za-z])`, "i"), "");
  });
  const stems = [...new Set([stem, ...shared])].filter((each) => each !== "");
  const own = stems.flatMap((each) => [
    `${each}.sentences.json`,
    `${each}_sentences.json`,
    `${each}.json`,
    `${each}.sentences.txt`,
  ]);
  return [...own, "sentences.json", "sentences.csv", "sentences.txt"].map((each) => folder + each);
}

type Found = { sentences: readonly string[]; groups?: readonly string[] } | undefined;

/** `{"pairs": [{"him": ..., "her": ...}]}`: row i is pair i, or the pair that its identifier names. */
function fromPairs(
  sidecar: Sidecar,
  names: readonly string[],
  rows: number,
  labels: readonly string[] | undefined,
  identifiers: readonly string[] | undefined,
): Found {
  const { pairs, pairCount } = sidecar;
  if (pairs === undefined) return undefined;
  if (labels === undefined) {
    const texts = textsOfCondition(pairs, names);
    if (texts === undefined) return undefined;
    const index = identifiers?.map(Number) ?? Array.from({ length: rows }, (_, row) => row);
    if (index.some((pair) => texts[pair] === undefined)) return undefined;
    return { sentences: index.map((pair) => texts[pair] ?? ""), groups: index.map(String) };
  }
  // Several conditions in one tensor: each counts its own rows, unless identifiers say which pair a row is.
  const counts = new Map<string, number>();
  const sentences: string[] = [];
  const groups: string[] = [];
  for (let row = 0; row < rows; row++) {
    const label = labels[row] ?? "";
    const counted = counts.get(label) ?? 0;
    counts.set(label, counted + 1);
    const pair = identifiers === undefined ? counted : Number(identifiers[row]);
    const texts = textsOfCondition(pairs, [label]);
    if (texts !== undefined && !(pair < pairCount)) return undefined;
    sentences.push(texts?.[pair] ?? "");
    groups.push(String(pair));
  }
  return sentences.every((sentence) => sentence === "") ? undefined : { sentences, groups };
}

/** Columns with one text a row, or records of several conditions of which some are this one's. */
function fromColumns(
  sidecar: Sidecar,
  names: readonly string[],
  rows: number,
  labels: readonly string[] | undefined,
): Found {
  const { columns } = sidecar;
  const named = (aliases: readonly string[]) =>
    aliases.map((alias) => columns.get(alias)).find((texts) => texts !== undefined);
  const own = textsOfCondition(columns, names);
  const sentences =
    named(sentenceAliases) ?? (labels === undefined ? own : undefined) ?? columns.get("");
  if (sentences === undefined) return undefined;
  const groups = named(groupAliases);
  if (sentences.length === rows) {
    return { sentences, ...(groups?.length === rows ? { groups } : {}) };
  }
  const chosen = rowsOfCondition(sidecar, names);
  if (chosen.length !== rows) return undefined;
  const pick = (texts: readonly string[]) => chosen.map((row) => texts[row] ?? "");
  return { sentences: pick(sentences), ...(groups === undefined ? {} : { groups: pick(groups) }) };
}
