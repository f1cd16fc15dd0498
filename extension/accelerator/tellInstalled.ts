import * as vscode from "vscode";
import { currentInstallation } from "../../src/linalg/tensorflow/installation.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { installedFolder } from "./acceleratorFolders.ts";
import { sweepInstallations } from "./installations.ts";

/** Keeps the palette's "Remove ..." in step with what is installed. */
export async function tellInstalled({ extension }: CommandContext): Promise<void> {
  const folder = installedFolder(extension.globalStorageUri.fsPath);
  await sweepInstallations(folder);
  const installed = currentInstallation(folder) !== undefined;
  await vscode.commands.executeCommand("setContext", "eigenlens.tensorflowInstalled", installed);
}
