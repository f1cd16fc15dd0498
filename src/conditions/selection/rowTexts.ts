import type { ActivationFile, TensorInfo } from "../../activations/activationFile.ts";
import type { FileSystem } from "../../activations/byteSource.ts";
import { extensionOf } from "../../activations/detectFormat.ts";
import { listNames } from "../../activations/storedTensor.ts";
import { describeError, EigenlensError } from "../../errors.ts";
import { fileStem } from "../naming/guessName.ts";
import { folderOf, innerFolder } from "../naming/paths.ts";
import {
  findRowVector,
  labelAliases,
  readVectorTexts,
  rowVectors,
  sentenceAliases,
} from "./rowVectors.ts";
import { readNamedSidecar, readSidecar, sidecarExtensions } from "../sidecars/readSidecar.ts";
import type { Sidecar } from "../sidecars/sidecar.ts";

/** One text for every row of a tensor. */
export interface RowTexts {
  readonly texts: readonly string[];
  /** Files beside the data that could not be read, one line each. */
  readonly notes: readonly string[];
  /** The texts by the integers that stand for them, where they are names of classes. */
  readonly classNames?: readonly string[];
}

/** What an unspecific name ("labels", "sentences") stands for. */
export type RowTextKind = "labels" | "sentences";

/**
 * One text for every row of the tensor, from the named column: a vector or column of the file itself, or a
 * sidecar (named outright, or found beside the data). A sidecar that cannot be read spoils no other.
 * @param info as the condition sees it, rows first
 * @throws EigenlensError "condition" if there is no such column: those there are are listed, and what was
 *   looked into
 */
export async function readRowTexts(
  file: ActivationFile,
  info: TensorInfo,
  column: string,
  kind: RowTextKind,
  fileSystem: FileSystem,
): Promise<RowTexts> {
  const aliases = aliasesOf(kind);
  const isAlias = aliases.includes(column.toLowerCase());
  const names = isAlias ? [column, ...aliases] : [column];
  const vector = findRowVector(file, info, names);
  if (vector !== undefined) {
    const { classNames } = vector;
    const texts = await readVectorTexts(file, vector);
    return { texts, notes: [], ...(classNames === undefined ? {} : { classNames }) };
  }

  const rows = info.shape[0] ?? 0;
  if (sidecarExtensions.includes(extensionOf(column))) {
    const sidecar = await readNamedSidecar(file.path, column, fileSystem, rows);
    const texts = columnOf(sidecar, aliases, rows, true);
    if (texts !== undefined) return { texts, notes: [] };
    throw new EigenlensError("condition", misfit(sidecar, rows, file.path));
  }
  const found = await searchSidecars(file, kind, rows, fileSystem, names, isAlias);
  if (found.texts !== undefined) return { texts: found.texts, notes: found.notes };
  const known = rowVectors(file, info).map(({ name }) => name);
  const tried = [...found.notes, ...found.misfits];
  const looked = tried.length === 0 ? "" : ` (beside it: ${tried.join("; ")})`;
  throw new EigenlensError(
    "condition",
    `${file.path} has no vector "${column}" with one value for each of its ${rows} rows${looked}: choose one of ${listNames(known)}, or put ${fileStem(file.path)}.${kind}.json beside it.`,
  );
}

/**
 * Labels that a file beside the data gives to each row, for a proposal.
 * @returns undefined if no file does; one that cannot be read is passed over
 */
export async function findSidecarLabels(
  file: Pick<ActivationFile, "path" | "folder">,
  rows: number,
  fileSystem: FileSystem,
): Promise<readonly string[] | undefined> {
  const names = aliasesOf("labels");
  return (await searchSidecars(file, "labels", rows, fileSystem, names, true)).texts;
}

/**
 * Columns of the files beside the data with one text for each row, by the name under which {@link readRowTexts} finds
 * them; a file that cannot be read is passed over.
 */
export async function columnsBeside(
  file: Pick<ActivationFile, "path" | "folder">,
  rows: number,
  fileSystem: FileSystem,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const { path, isOfKind } of placesBeside(file, "labels")) {
    if (path === file.path || (await fileSystem.stat(path))?.kind !== "file") continue;
    let sidecar: Sidecar;
    try {
      sidecar = await readSidecar(path, fileSystem, rows);
    } catch {
      continue;
    }
    const only = columnOf(sidecar, labelAliases, rows, isOfKind);
    if (only !== undefined && !found.has("labels")) found.set("labels", only);
    for (const [name, texts] of sidecar.columns) {
      const isKnown = [...found].some(
        ([known, same]) => known.toLowerCase() === name.toLowerCase() || same === texts,
      );
      if (name !== "" && texts.length === rows && !isKnown) found.set(name, texts);
    }
  }
  return found;
}

function aliasesOf(kind: RowTextKind): readonly string[] {
  return kind === "labels" ? labelAliases : sentenceAliases;
}

interface Search {
  readonly texts?: readonly string[];
  readonly notes: readonly string[];
  /** Files that can be read and say nothing of these rows. */
  readonly misfits: readonly string[];
}

async function searchSidecars(
  file: Pick<ActivationFile, "path" | "folder">,
  kind: RowTextKind,
  rows: number,
  fileSystem: FileSystem,
  names: readonly string[],
  isAlias: boolean,
): Promise<Search> {
  const notes: string[] = [];
  const misfits: string[] = [];
  const { path: dataPath } = file;
  for (const { path, isOfKind } of placesBeside(file, kind)) {
    if (path === dataPath || (await fileSystem.stat(path))?.kind !== "file") continue;
    let sidecar: Sidecar;
    try {
      sidecar = await readSidecar(path, fileSystem, rows);
    } catch (error) {
      notes.push(`${path} is not used for ${kind}: ${describeError(error).message}`);
      continue;
    }
    const texts = columnOf(sidecar, names, rows, isAlias && isOfKind);
    if (texts !== undefined) return { texts, notes, misfits };
    misfits.push(misfit(sidecar, rows, dataPath));
  }
  return { notes, misfits };
}

/** Where one text a row may lie: in a file of its own, or among other things that are known of the rows. */
export function placesBeside(
  { path: dataPath, folder: within }: Pick<ActivationFile, "path" | "folder">,
  kind: RowTextKind | "clusters",
) {
  const folder = folderOf(dataPath);
  const stem = fileStem(dataPath);
  const inside = within === undefined ? [] : [`${innerFolder(within)}${kind}`];
  const of = (name: string, ends: readonly string[]) =>
    [`${stem}.${name}`, `${stem}_${name}`, name].flatMap((each) =>
      ends.map((end) => `${folder}${each}.${end}`),
    );
  const place = (isOfKind: boolean) => (path: string) => ({ path, isOfKind });
  return [
    ...inside
      .flatMap((path) => ["json", "csv", "tsv", "txt", "npy"].map((end) => `${path}.${end}`))
      .map(place(true)),
    ...of(kind, ["json", "csv", "tsv", "txt", "npy"]).map(place(true)),
    ...[`${folder}${stem}.json`, `${folder}${stem}.csv`].map(place(false)),
    // What TensorBoard's projector calls a label's file: one column of labels, or several with a header.
    ...of("metadata", ["tsv", "csv", "json"]).map(place(kind === "labels")),
  ];
}

/**
 * The first of `names` with one text a row.
 * @param only whether the sidecar's only column of that length would do
 */
function columnOf(
  sidecar: Sidecar,
  names: readonly string[],
  rows: number,
  only: boolean,
): readonly string[] | undefined {
  const fitting = [...sidecar.columns].filter(([, texts]) => texts.length === rows);
  for (const wanted of names) {
    const found = fitting.find(([name]) => name.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found[1];
  }
  return only && fitting.length === 1 ? fitting[0]?.[1] : undefined;
}

function misfit({ path, columns }: Sidecar, rows: number, dataPath: string): string {
  const named = [...columns.keys()].filter((name) => name !== "");
  const lengths = [...new Set([...columns.values()].map((texts) => texts.length))];
  if (lengths.includes(rows)) {
    return `${path} has the columns ${listNames(named)}: write [COLUMN=VALUE] with one of them`;
  }
  return columns.size === 0
    ? `${path} holds no list of texts`
    : `${path} has ${lengths.join(", ")} values, ${dataPath} has ${rows} rows`;
}
