import { EigenlensError } from "../../../errors.ts";
import type { ActivationFile } from "../../activationFile.ts";
import type { FileSystem } from "../../byteSource.ts";
import { activationFile, unreadableTensor, type StoredTensor } from "../../storedTensor.ts";
import { parseJson } from "../json/values.ts";
import { isRecord } from "../../../lookup.ts";
import { zarrArray } from "./array.ts";
import type { ZarrDocument } from "./metadata.ts";

const deepest = 16;
/** Each takes about a third of a millisecond to look into. */
const mostFolders = 5_000;
const mostNames = 50_000;
/** A group's may repeat those of all arrays below it. */
const mostMetadataBytes = 2 ** 24;
/** The size of a folder is told exactly up to so many files; beyond, at least their sum. */
const mostSizedFiles = 10_000;

/**
 * A zarr folder, version 2 or 3, through zarrita: every array below it is a tensor, named by its path.
 * @throws EigenlensError "file-format"
 */
export async function openZarr(path: string, fileSystem: FileSystem): Promise<ActivationFile> {
  const root = path.replace(/[/\\]+$/, "");
  const byteLength = await folderSize(root, fileSystem);
  const tensors: StoredTensor[] = [];
  let folders = 0;
  let entries = 0;

  async function visit(name: string, depth: number): Promise<void> {
    const folder = name === "" ? root : `${root}/${name}`;
    const names = (await fileSystem.list(folder)) ?? [];
    const document = await arrayDocument(folder, names, fileSystem);
    if (document instanceof EigenlensError) {
      if (name === "") throw document;
      tensors.push(unreadableTensor(name, [], document.message));
      return;
    }
    if (document !== undefined) {
      tensors.push(await zarrArray({ root, folder, name, byteLength }, document, fileSystem));
      return;
    }
    entries += names.length;
    for (const child of [...names].sort()) {
      if (child.startsWith(".") || child === "zarr.json") continue;
      const below = name === "" ? child : `${name}/${child}`;
      if (entries <= mostNames && (await fileSystem.stat(`${root}/${below}`))?.kind !== "folder")
        continue;
      if (++folders > mostFolders || entries > mostNames || depth >= deepest) {
        throw new EigenlensError(
          "file-format",
          `${path} holds more folders than any saved group (links in a circle?): choose the group that holds the arrays.`,
        );
      }
      await visit(below, depth + 1);
    }
  }

  await visit("", 0);
  if (tensors.length === 0) {
    throw new EigenlensError("file-format", `${path} is a zarr group without arrays: save one.`);
  }
  return activationFile({
    path,
    format: "zarr",
    byteLength,
    tensors,
    close: () => Promise.resolve(),
  });
}

/** The metadata of the array in a folder, the reason why they are unreadable, or undefined if it is no array. */
async function arrayDocument(
  folder: string,
  names: readonly string[],
  fileSystem: FileSystem,
): Promise<ZarrDocument | EigenlensError | undefined> {
  const version = names.includes(".zarray") ? 2 : names.includes("zarr.json") ? 3 : undefined;
  if (version === undefined) return undefined;
  try {
    const value = await readMetadata(
      `${folder}/${version === 2 ? ".zarray" : "zarr.json"}`,
      fileSystem,
    );
    return version === 2 || value["node_type"] === "array" ? { version, value } : undefined;
  } catch (cause) {
    if (cause instanceof EigenlensError) return cause;
    throw cause;
  }
}

async function readMetadata(path: string, fileSystem: FileSystem) {
  const source = await fileSystem.open(path);
  try {
    if (source.byteLength > mostMetadataBytes) {
      throw new EigenlensError(
        "file-format",
        `${path} has ${source.byteLength} bytes, more than metadata ever need (${mostMetadataBytes}): save it without the attributes.`,
      );
    }
    const bytes = await source.read(0, source.byteLength);
    const value = parseJson(new TextDecoder().decode(bytes), path);
    return isRecord(value) ? value : {};
  } finally {
    await source.close();
  }
}

async function folderSize(folder: string, fileSystem: FileSystem): Promise<number> {
  let total = 0;
  let files = 0;
  const open = [folder];
  for (let place = open.pop(); place !== undefined && files < mostSizedFiles; place = open.pop()) {
    for (const name of (await fileSystem.list(place)) ?? []) {
      if (++files > mostSizedFiles) break;
      const found = await fileSystem.stat(`${place}/${name}`);
      if (found?.kind === "folder") open.push(`${place}/${name}`);
      else total += found?.byteLength ?? 0;
    }
  }
  return total;
}
