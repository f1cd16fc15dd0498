import { createPanel } from "../messages/panelTitle.ts";
import type { PanelServices } from "./panelServices.ts";
import { resultPanelType } from "./resultPanelSerializer.ts";
import { ResultView } from "./resultView.ts";

/** A new result panel in the active editor group. */
export function newResultView(title: string, services: PanelServices): ResultView {
  return new ResultView(createPanel(resultPanelType, title, services.webviewOptions), services);
}
