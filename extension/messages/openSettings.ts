import * as vscode from "vscode";

/** The settings page, at this extension. */
export async function openSettings(extensionId: string): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openSettings", `@ext:${extensionId}`);
}
