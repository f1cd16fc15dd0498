import * as vscode from "vscode";
import { plainLabel } from "./plain.ts";

/** VS Code's dialog for opening files, its title made plain. */
export async function askForFiles(
  options: vscode.OpenDialogOptions & { readonly title: string },
): Promise<readonly vscode.Uri[]> {
  const title = plainLabel(options.title);
  return (await vscode.window.showOpenDialog({ ...options, title })) ?? [];
}

/** VS Code's dialog for saving a file, its title made plain. */
export async function askForSavePlace(
  options: vscode.SaveDialogOptions & { readonly title: string },
): Promise<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({ ...options, title: plainLabel(options.title) });
}
