import type { ActivationFile, TensorInfo } from "../activations/activationFile.ts";
import type { FileSystem } from "../activations/byteSource.ts";
import { extensionOf } from "../activations/detectFormat.ts";
import { isIntegral } from "../activations/elementType.ts";
import { listNames } from "../activations/storedTensor.ts";
import { EigenlensError } from "../errors.ts";
import { fileStem } from "./guessName.ts";
import { folderOf, isAbsolutePath } from "./paths.ts";
import { readSidecar, type Sidecar } from "./sidecar.ts";
import { printable } from "../text/printable.ts";

const labelAliases = [
  "labels",
  "label",
  "condition",
  "conditions",
  "class",
  "classes",
  "group",
  "y",
];
export const sentenceAliases = [
  "sentences",
  "sentence",
  "texts",
  "text",
  "prompts",
  "prompt",
  "input",
];
export const groupAliases = ["pairs", "pair", "pair_id", "pair_ids", "groups", "group"];

/** Vectors of the container that say one thing of each row of a tensor. */
export function rowVectors(file: ActivationFile, info: TensorInfo): TensorInfo[] {
  return file.tensors.filter(
    ({ shape, elementType, unreadable }) =>
      unreadable === undefined &&
      shape.length === 1 &&
      shape[0] === info.shape[0] &&
      (elementType === "text" || isIntegral(elementType)),
  );
}

/** The first of `names` that is a vector beside the tensor: in its own group of the container, or at its top. */
export function findRowVector(
  file: ActivationFile,
  info: TensorInfo,
  names: readonly string[],
): TensorInfo | undefined {
  const group = /^(.*[/.])[^/.]*$/s.exec(info.name)?.[1] ?? "";
  const vectors = rowVectors(file, info);
  for (const name of names) {
    const found =
      vectors.find((vector) => vector.name === group + name) ??
      vectors.find((vector) => vector.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * One text for every row of the tensor, from the named column: a vector or column of the file itself, or a
 * sidecar (named outright, or found beside the data).
 * @param kind what an unspecific name ("labels", "sentences") stands for
 * @throws EigenlensError "condition" where there is no such column; those there are are listed
 */
export async function readRowTexts(
  file: ActivationFile,
  info: TensorInfo,
  column: string,
  kind: "labels" | "sentences",
  fileSystem: FileSystem,
): Promise<readonly string[]> {
  const aliases = kind === "labels" ? labelAliases : sentenceAliases;
  const names = aliases.includes(column) ? [column, ...aliases] : [column];
  const vector = findRowVector(file, info, names);
  if (vector !== undefined) return file.readLabels(vector.name);

  const rows = info.shape[0] ?? 0;
  const sidecars = isFileName(column)
    ? [await readNamedSidecar(file.path, column, fileSystem)]
    : await existingSidecars(file.path, kind, fileSystem);
  for (const sidecar of sidecars) {
    const texts = columnOf(sidecar, isFileName(column) ? aliases : names, rows);
    if (texts !== undefined) return texts;
  }
  const known = rowVectors(file, info).map(({ name }) => name);
  const looked = sidecars.map(({ path }) => fileStem(path)).join(", ");
  throw new EigenlensError(
    "condition",
    `${file.path} has no vector "${printable(column)}" with one value for each of its ${rows} rows${looked === "" ? "" : ` (nor has ${looked} beside it)`}: choose one of ${listNames(known)}, or put ${fileStem(file.path)}.${kind}.json beside it.`,
  );
}

function isFileName(column: string): boolean {
  return ["json", "csv", "tsv", "txt", "npy", "npz"].includes(extensionOf(column));
}

/**
 * A sidecar that the user names: as typed where that exists, otherwise beside the data.
 * @throws EigenlensError "file-access" where neither exists
 */
export async function readNamedSidecar(
  dataPath: string,
  name: string,
  fileSystem: FileSystem,
): Promise<Sidecar> {
  const beside = folderOf(dataPath) + name;
  const typed = isAbsolutePath(name) || (await fileSystem.stat(name)) !== undefined;
  return readSidecar(typed ? name : beside, fileSystem);
}

async function existingSidecars(
  dataPath: string,
  kind: "labels" | "sentences",
  fileSystem: FileSystem,
): Promise<Sidecar[]> {
  const folder = folderOf(dataPath);
  const stem = fileStem(dataPath);
  const own = [`${stem}.${kind}`, `${stem}_${kind}`, kind];
  const names = own.flatMap((name) =>
    ["json", "csv", "tsv", "txt", "npy"].map((end) => `${name}.${end}`),
  );
  names.push(`${stem}.json`, `${stem}.csv`);
  const found: Sidecar[] = [];
  for (const name of names) {
    const path = folder + name;
    if (path === dataPath || (await fileSystem.stat(path))?.kind !== "file") continue;
    found.push(await readSidecar(path, fileSystem));
  }
  return found;
}

/** The first of `names` with one text a row, or the sidecar's only column of that length. */
function columnOf(
  sidecar: Sidecar,
  names: readonly string[],
  rows: number,
): readonly string[] | undefined {
  const fitting = [...sidecar.columns].filter(([, texts]) => texts.length === rows);
  for (const wanted of names) {
    const found = fitting.find(([name]) => name.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found[1];
  }
  return fitting.length === 1 ? fitting[0]?.[1] : undefined;
}
