import * as vscode from "vscode";
import { activationFilesPattern, isActivationPath } from "../activations/fileTypes.ts";
import type { HeaderCache } from "../activations/headerCache.ts";
import { sourcePath } from "../activations/sourcePath.ts";
import type { ActivationsTree } from "./activationsTree.ts";

/** Milliseconds to wait for more changes: a script that saves activations writes many files at once. */
const quietTime = 500;

/** Keeps the Activations view in step with the workspace's files. */
export function watchActivations(tree: ActivationsTree, headers: HeaderCache): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(activationFilesPattern);
  let timer: NodeJS.Timeout | undefined;
  const changed = (uri: vscode.Uri) => {
    if (!isActivationPath(uri.path)) return;
    headers.forget(sourcePath(uri));
    clearTimeout(timer);
    timer = setTimeout(() => tree.searchAgain(), quietTime);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidChangeWorkspaceFolders(() => tree.refresh()),
    { dispose: () => clearTimeout(timer) },
  );
}
