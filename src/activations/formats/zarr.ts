import { EigenlensError } from "../../errors.ts";
import type { ActivationFile } from "../activationFile.ts";
import type { FileSystem } from "../byteSource.ts";
import { activationFile, type StoredTensor } from "../storedTensor.ts";
import { isRecord, parseJson } from "./jsonValues.ts";
import { zarrArray } from "./zarrArray.ts";

const deepest = 16;
const mostFolders = 20_000;
/** The size of a folder is told exactly up to so many files; beyond, at least their sum. */
const mostSizedFiles = 10_000;

/** Whether a folder is a zarr group or array, version 2 or 3. */
export async function isZarrFolder(path: string, fileSystem: FileSystem): Promise<boolean> {
  const names = await fileSystem.list(path);
  return names?.some((name) => [".zarray", ".zgroup", "zarr.json"].includes(name)) === true;
}

/**
 * A zarr folder, version 2 or 3, through zarrita: every array below it is a tensor, named by its path.
 * @throws EigenlensError "file-format"
 */
export async function openZarr(path: string, fileSystem: FileSystem): Promise<ActivationFile> {
  const folder = path.replace(/[/\\]+$/, "");
  const tensors: StoredTensor[] = [];
  let folders = 0;

  async function visit(name: string, depth: number): Promise<void> {
    if (++folders > mostFolders || depth > deepest) {
      throw new EigenlensError(
        "file-format",
        `${path} holds more folders than any saved group (links in a circle?): choose the group that holds the arrays.`,
      );
    }
    const place = name === "" ? folder : `${folder}/${name}`;
    const names = (await fileSystem.list(place)) ?? [];
    if (await isArray(place, names, fileSystem)) {
      tensors.push(await zarrArray(folder, name, fileSystem));
      return;
    }
    for (const child of [...names].sort()) {
      if (child.startsWith(".") || child === "zarr.json") continue;
      const below = name === "" ? child : `${name}/${child}`;
      if ((await fileSystem.stat(`${folder}/${below}`))?.kind === "folder")
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
    byteLength: await folderSize(folder, fileSystem),
    tensors,
    close: () => Promise.resolve(),
  });
}

async function isArray(
  folder: string,
  names: readonly string[],
  fileSystem: FileSystem,
): Promise<boolean> {
  if (names.includes(".zarray")) return true;
  if (!names.includes("zarr.json")) return false;
  const metadata = await readMetadata(`${folder}/zarr.json`, fileSystem);
  return metadata["node_type"] === "array";
}

async function readMetadata(path: string, fileSystem: FileSystem) {
  const source = await fileSystem.open(path);
  try {
    const length = Math.min(source.byteLength, 2 ** 24);
    const value = parseJson(new TextDecoder().decode(await source.read(0, length)), path);
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
