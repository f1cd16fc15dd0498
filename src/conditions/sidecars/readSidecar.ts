import type { FileSystem } from "../../activations/byteSource.ts";
import { extensionOf } from "../../activations/detectFormat.ts";
import { openActivationFile } from "../../activations/openActivationFile.ts";
import { EigenlensError } from "../../errors.ts";
import { jsonSidecar } from "./jsonSidecar.ts";
import { folderOf, isAbsolutePath } from "../naming/paths.ts";
import { readVectorTexts, vectorLength } from "../selection/rowVectors.ts";
import type { Sidecar } from "./sidecar.ts";

const longestSidecar = 64 * 2 ** 20;
/** A longer table is read as activations are, a block at a time. */
const longestTable = 16 * 2 ** 20;

/** What names a file rather than a column. */
export const sidecarExtensions: readonly string[] = [
  "json",
  "jsonl",
  "csv",
  "tsv",
  "txt",
  "npy",
  "npz",
  "parquet",
  "arrow",
  "feather",
];

/**
 * Reads a sidecar: JSON (a list of texts, an object of lists, a list of records, or `{"pairs": [{"him": ...,
 * "her": ...}]}`), plain text (one per line), a table of text, or vectors in any format of activations.
 * @param rows how many rows it should describe: this settles whether a table has a header
 * @throws EigenlensError "file-access" or "file-format"
 */
export async function readSidecar(
  path: string,
  fileSystem: FileSystem,
  rows?: number,
): Promise<Sidecar> {
  const extension = extensionOf(path);
  const isTable = extension === "csv" || extension === "tsv";
  if (!isTable && extension !== "json" && extension !== "txt") return vectors(path, fileSystem);
  const text = await readText(path, fileSystem, isTable ? longestTable : longestSidecar);
  if (text === undefined) return vectors(path, fileSystem);
  if (extension !== "json") {
    const { tableColumns } = await import("./tableSidecar.ts");
    return { path, columns: tableColumns(text, path, rows), pairCount: 0 };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EigenlensError("file-format", `${path} is not JSON (${reason}): correct it.`, {
      cause,
    });
  }
  return jsonSidecar(path, value);
}

/**
 * A sidecar that the user names: as typed where that exists, otherwise beside the data.
 * @throws EigenlensError "file-access" if neither exists
 */
export async function readNamedSidecar(
  dataPath: string,
  name: string,
  fileSystem: FileSystem,
  rows: number,
): Promise<Sidecar> {
  const beside = folderOf(dataPath) + name;
  const typed = isAbsolutePath(name) || (await fileSystem.stat(name)) !== undefined;
  return readSidecar(typed ? name : beside, fileSystem, rows);
}

/** Undefined for a table that is longer. */
async function readText(
  path: string,
  fileSystem: FileSystem,
  longest: number,
): Promise<string | undefined> {
  const source = await fileSystem.open(path);
  try {
    const { byteLength } = source;
    if (byteLength <= longest) return new TextDecoder().decode(await source.read(0, byteLength));
    if (longest === longestTable) return undefined;
    throw new EigenlensError(
      "file-format",
      `${path} has ${byteLength} bytes, more than the ${longest} of a file that describes rows.`,
    );
  } finally {
    await source.close();
  }
}

/** Every vector of a file of activations. */
async function vectors(path: string, fileSystem: FileSystem): Promise<Sidecar> {
  const file = await openActivationFile(path, fileSystem);
  try {
    const columns = new Map<string, readonly string[]>();
    for (const info of file.tensors) {
      if (info.unreadable !== undefined || vectorLength(info.shape) === undefined) continue;
      columns.set(info.name, await readVectorTexts(file, info));
    }
    return { path, columns, pairCount: 0 };
  } finally {
    await file.close();
  }
}
