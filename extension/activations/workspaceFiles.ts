import * as vscode from "vscode";
import { naturalOrder } from "../../src/activations/folders/naturalOrder.ts";
import {
  activationFilesPattern,
  excludedPattern,
  isActivationPath,
  zarrMetadataPattern,
} from "./fileTypes.ts";
import { groupFiles, possibleContainers, type GroupedFiles } from "./groupFiles.ts";
import { sourcePath, sourceUri } from "./sourcePath.ts";

/** The search ends after so many files, and that is said. */
const fileCap = 200_000;
/** So many folders are looked into, to tell whether they are one container. */
const mostLookedInto = 500;

export interface WorkspaceFiles extends GroupedFiles {
  /** What a choice lists: files and containers in natural order; of full folders only what is chosen by hand. */
  readonly files: readonly vscode.Uri[];
  /** Whether there are more than were searched. */
  readonly capped: boolean;
}

/** Files of folders that hold more than so many are not listed among all others. */
const mostListed = 50;

/** Tells which of some folders are one container of tensors. */
export type FindContainers = (folders: readonly string[]) => Promise<readonly string[]>;

/** The activation files of the workspace; zarr folders and other containers count as files. */
export async function findActivationFiles(findContainers: FindContainers): Promise<WorkspaceFiles> {
  const [files, zarrMetadata] = await Promise.all([
    vscode.workspace.findFiles(activationFilesPattern, excludedPattern, fileCap + 1),
    vscode.workspace.findFiles(zarrMetadataPattern, excludedPattern, fileCap + 1),
  ]);
  const found = new Set<string>();
  for (const uri of files) {
    // Chunks inside a zarr folder are no files of their own.
    if (isActivationPath(uri.path) && !/\.zarr\//i.test(uri.path)) found.add(sourcePath(uri));
  }
  for (const uri of zarrMetadata) {
    found.add(sourcePath(uri.with({ path: uri.path.replace(/\/[^/]*$/, "") })));
  }
  const paths = [...found];
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => sourcePath(uri));
  const possible = possibleContainers(paths, roots).slice(0, mostLookedInto);
  const containers = new Set(possible.length === 0 ? [] : await findContainers(possible));
  const grouped = groupFiles(paths, containers, roots, naturalOrder);
  const small = grouped.folders.filter((folder) => folder.files.length <= mostListed);
  const listed = [...grouped.loose, ...grouped.containers, ...small.flatMap((each) => each.files)];
  return {
    ...grouped,
    files: listed.sort(naturalOrder).map(sourceUri),
    capped: files.length > fileCap,
  };
}
