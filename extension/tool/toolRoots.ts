import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { sourcePath } from "../activations/sourcePath.ts";
import type { CommandContext } from "../commands/commandContext.ts";

/** The workspace's folders, the first of which relative paths start from. */
export function workspaceFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => sourcePath(uri));
}

/** What a language model may read and write in: the workspace's folders, and that of the stored runs once it is there. */
export async function toolRoots({ store }: CommandContext): Promise<string[]> {
  const stored = await stat(store.folder).catch(() => undefined);
  return [...workspaceFolders(), ...(stored?.isDirectory() === true ? [store.folder] : [])];
}
