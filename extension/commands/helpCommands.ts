import * as vscode from "vscode";
import { copySamples } from "../samples/copySamples.ts";
import type { CommandAction } from "./register.ts";

export const helpCommands: Readonly<Record<string, CommandAction>> = {
  showLog: ({ log }) => log.show(),

  openWalkthrough: ({ extension }) =>
    vscode.commands.executeCommand(
      "workbench.action.openWalkthrough",
      `${extension.extension.id}#gettingStarted`,
      false,
    ),

  async openSampleData({ extension }) {
    const folder = vscode.Uri.joinPath(extension.globalStorageUri, "samples");
    // Copied, so that nothing is ever written beside the extension's own files.
    await copySamples(extension.asAbsolutePath("samples"), folder.fsPath);
    const inUse = (vscode.workspace.workspaceFolders ?? []).length > 0;
    await vscode.commands.executeCommand("vscode.openFolder", folder, { forceNewWindow: inUse });
  },
};
