import { EigenlensError } from "../errors.ts";
import type { ActivationFile } from "./activationFile.ts";
import type { AxisName } from "./axes/axes.ts";
import type { ByteSource, FileSystem } from "./byteSource.ts";
import { detectFormat, type Format } from "./detectFormat.ts";
import type { ColumnChoice } from "./formats/columnRoles.ts";
import { npyTensor, type NpyOptions } from "./formats/numpy/npy.ts";
import { openCaptureLayer } from "./folders/easySteer/easySteerCapture.ts";
import type { FolderContext } from "./folders/folder.ts";
import { filesOfPattern, isPattern } from "./folders/glob.ts";
import { isZarrFolder } from "./formats/zarr/isZarrFolder.ts";
import { openSafetensors } from "./formats/safetensors/openSafetensors.ts";
import { bfloat16View } from "./elements/sixteenBits.ts";
import { activationFile } from "./storedTensor.ts";

/** How a file is read where it leaves that open. */
export interface ReadOptions extends NpyOptions {
  /** Which columns of a table are neurons. */
  readonly columns?: ColumnChoice;
  /** What the axes of an array are, for files whose arrays are put together. */
  readonly axes?: readonly AxisName[];
}

/**
 * Opens any activation file, or a folder or a selection of files (`him/*.pt`) as one: a file's format is told by its
 * content where it has a signature, by its extension otherwise, a folder's by what lies in it; only headers are read.
 * Readers with heavy libraries are loaded when they are first needed.
 * @param options how types are read that a file does not name, and which columns of a table are neurons
 * @throws EigenlensError "file-access" or "file-format" in one line; "usage" if columns are chosen of a file that
 *   is no table
 */
export async function openActivationFile(
  path: string,
  fileSystem: FileSystem,
  options: ReadOptions = {},
): Promise<ActivationFile> {
  const open = (part: string) => openFile(part, fileSystem, options);
  const context = {
    fileSystem,
    open,
    ...(options.axes === undefined ? {} : { axes: options.axes }),
  };
  const found = await fileSystem.stat(path);
  if (found?.kind === "folder") return openContainer(path, fileSystem, options, context);
  if (found === undefined && isPattern(path)) {
    const { openFiles } = await import("./folders/openFolder.ts");
    return openFiles(await filesOfPattern(path, fileSystem), context);
  }
  const captured = await openCaptureLayer(path, fileSystem, open);
  return captured ?? open(path);
}

/**
 * The layout of a folder that is one container, zarr apart; undefined if it is a folder of other files, or mixed.
 * Nothing is opened but what tells.
 */
export async function layoutOfFolder(
  path: string,
  fileSystem: FileSystem,
): Promise<string | undefined> {
  const open = (part: string) => openFile(part, fileSystem, {});
  const { folderLayout } = await import("./folders/openFolder.ts");
  try {
    return await folderLayout(path, { fileSystem, open });
  } catch (error) {
    // Said in full when the folder itself is opened.
    if (error instanceof EigenlensError) return undefined;
    throw error;
  }
}

/** One file, whatever lies beside it. */
async function openFile(
  path: string,
  fileSystem: FileSystem,
  options: ReadOptions,
): Promise<ActivationFile> {
  const source = await fileSystem.open(path);
  try {
    const file = await openSource(await detectFormat(source), source, fileSystem, options);
    return options.voidAs === undefined ? file : bfloat16View(file);
  } catch (error) {
    await source.close();
    throw error;
  }
}

const tables: readonly Format[] = ["csv", "tsv", "json", "jsonl", "parquet", "arrow"];

function noColumns(path: string): EigenlensError {
  return new EigenlensError(
    "usage",
    `${path} is no table, so that [columns=...] has no meaning there: leave it out.`,
  );
}

async function openSource(
  format: Format,
  source: ByteSource,
  fileSystem: FileSystem,
  options: ReadOptions,
): Promise<ActivationFile> {
  const { columns } = options;
  if (columns !== undefined && !tables.includes(format)) throw noColumns(source.path);
  switch (format) {
    case "npy":
      return openNpy(source, options);
    case "zip":
      return (await import("./openArchive.ts")).openArchive(source, options);
    case "pickle":
      return (await import("./formats/torch.ts")).openPickle(source);
    case "safetensors":
      return openSafetensors(source);
    case "csv":
    case "tsv":
      return (await import("./formats/delimited/openDelimited.ts")).openDelimited(source, columns);
    case "json":
      return (await import("./formats/json/openJson.ts")).openJson(source, fileSystem, columns);
    case "jsonl":
      return (await import("./formats/json/lines.ts")).openJsonLines(source, columns);
    case "parquet":
      return (await import("./formats/parquet/openParquet.ts")).openParquet(source, columns);
    case "arrow":
      return (await import("./formats/arrow/openArrow.ts")).openArrow(source, columns);
    case "hdf5":
      return (await import("./formats/hdf5/openHdf5.ts")).openHdf5(source);
    case "mat4":
      return (await import("./formats/matlab/mat4.ts")).openMat4(source);
    case "mat5":
      return (await import("./formats/matlab/mat5/openMat5.ts")).openMat5(source);
    case "raw":
      return (await import("./formats/raw.ts")).openRaw(source, fileSystem);
    default:
      return format satisfies never;
  }
}

/** A folder is zarr, one format, or holds files that belong together. */
async function openContainer(
  path: string,
  fileSystem: FileSystem,
  options: ReadOptions,
  context: FolderContext,
): Promise<ActivationFile> {
  if (!(await isZarrFolder(path, fileSystem))) {
    const { openFolder } = await import("./folders/openFolder.ts");
    return openFolder(path, context);
  }
  if (options.columns !== undefined) throw noColumns(path);
  const { openZarr } = await import("./formats/zarr/openZarr.ts");
  const file = await openZarr(path, fileSystem);
  return options.voidAs === undefined ? file : bfloat16View(file);
}

async function openNpy(source: ByteSource, options: ReadOptions): Promise<ActivationFile> {
  return activationFile({
    path: source.path,
    format: "npy",
    byteLength: source.byteLength,
    tensors: [await npyTensor(source, "", options)],
    close: () => source.close(),
  });
}
