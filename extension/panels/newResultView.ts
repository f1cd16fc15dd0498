import * as vscode from "vscode";
import type { PanelServices } from "./panelServices.ts";
import { resultPanelType } from "./resultPanelSerializer.ts";
import { ResultView } from "./resultView.ts";

/** A new result panel in the active editor group. */
export function newResultView(title: string, services: PanelServices): ResultView {
  const panel = vscode.window.createWebviewPanel(
    resultPanelType,
    title,
    vscode.ViewColumn.Active,
    services.webviewOptions,
  );
  return new ResultView(panel, services);
}
