import * as vscode from "vscode";

/**
 * How the engine names a file: its path on disk, or its whole address where only the editor can read it.
 */
export function sourcePath(uri: vscode.Uri): string {
  if (uri.scheme === "file") return uri.fsPath;
  // An address without an authority is written "scheme:/path", which no one could tell from a path.
  return uri.toString().replace(/^([^:/]+):\/(?!\/)/, "$1:///");
}

/** The inverse of {@link sourcePath}. */
export function sourceUri(path: string): vscode.Uri {
  return isAddress(path) ? vscode.Uri.parse(path, true) : vscode.Uri.file(path);
}

/** The path below its workspace folder, as the explorer shows it. */
export function shortenPath(path: string): string {
  return vscode.workspace.asRelativePath(sourceUri(path));
}

/** Schemes have two letters at least; one letter is a Windows drive. */
function isAddress(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}
