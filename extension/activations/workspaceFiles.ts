import * as vscode from "vscode";
import {
  activationFilesPattern,
  excludedPattern,
  isActivationPath,
  zarrMetadataPattern,
} from "./fileTypes.ts";
import { sourcePath } from "./sourcePath.ts";

/** More files than this are not listed, and that is said. */
export const fileCap = 500;

export interface WorkspaceFiles {
  /** Sorted by path. */
  readonly files: readonly vscode.Uri[];
  /** Whether there are more than were listed. */
  readonly capped: boolean;
}

/** The activation files of the workspace; zarr folders count as files. */
export async function findActivationFiles(): Promise<WorkspaceFiles> {
  const [files, zarrMetadata] = await Promise.all([
    vscode.workspace.findFiles(activationFilesPattern, excludedPattern, fileCap + 1),
    vscode.workspace.findFiles(zarrMetadataPattern, excludedPattern, fileCap + 1),
  ]);
  const found = new Map<string, vscode.Uri>();
  for (const uri of files) {
    // Chunks inside a zarr folder are no files of their own.
    if (isActivationPath(uri.path) && !/\.zarr\//i.test(uri.path)) found.set(uri.toString(), uri);
  }
  for (const uri of zarrMetadata) {
    const folder = uri.with({ path: uri.path.replace(/\/[^/]*$/, "") });
    found.set(folder.toString(), folder);
  }
  const sorted = [...found.values()].sort((a, b) =>
    sourcePath(a).localeCompare(sourcePath(b), undefined, { numeric: true }),
  );
  return { files: sorted.slice(0, fileCap), capped: sorted.length > fileCap };
}
