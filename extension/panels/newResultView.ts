import { createPanel } from "../messages/panelTitle.ts";
import type { PanelServices } from "./panelServices.ts";
import { resultPanelType } from "./panelTypes.ts";
import { ResultView } from "./resultView.ts";
import { resultBundle } from "./webviewBundle.ts";

/** A new result panel in the active editor group. */
export function newResultView(title: string, services: PanelServices): ResultView {
  const { options } = resultBundle(services.extensionUri);
  return new ResultView(createPanel(resultPanelType, title, options), services);
}
