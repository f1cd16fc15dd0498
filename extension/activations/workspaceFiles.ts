import * as vscode from "vscode";
import { naturalOrder } from "../../src/activations/folders/naturalOrder.ts";
import {
  activationFilesPattern,
  excludedPattern,
  isActivationPath,
  zarrMetadataPattern,
} from "./fileTypes.ts";
import { groupFiles, possibleContainers, type FileFolder } from "./groupFiles.ts";
import { sourcePath, sourceUri } from "./sourcePath.ts";

/** The search ends after so many files, and that is said. */
const fileCap = 200_000;
/** So many folders are looked into, to tell whether they are one container. */
const mostLookedInto = 500;

export interface WorkspaceFiles {
  /** Files, and folders that are one container, in natural order. */
  readonly files: readonly vscode.Uri[];
  /** Folders of many files that nothing says belong together. */
  readonly folders: readonly FileFolder[];
  /** Whether there are more than were searched. */
  readonly capped: boolean;
}

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
  const { sources, folders } = groupFiles(paths, containers, naturalOrder);
  return { files: sources.map(sourceUri), folders, capped: files.length > fileCap };
}
