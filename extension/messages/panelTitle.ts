import * as vscode from "vscode";
import { plainLabel } from "./plain.ts";

/** The most characters of a tab's title. */
const longestTitle = 120;

/** A new webview panel in the active editor group. */
export function createPanel(
  type: string,
  title: string,
  options?: vscode.WebviewPanelOptions & vscode.WebviewOptions,
): vscode.WebviewPanel {
  const shown = plainLabel(title, longestTitle);
  return vscode.window.createWebviewPanel(type, shown, vscode.ViewColumn.Active, options);
}

export function setPanelTitle(panel: vscode.WebviewPanel, title: string): void {
  panel.title = plainLabel(title, longestTitle);
}
