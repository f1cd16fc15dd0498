import { outside, type Outside } from "./outsideViews.ts";
import type { HostToPanel, PanelToHost } from "../../../src/protocol/panel.ts";
import { watchTheme } from "../../../webview/charts/theme.ts";
import { registerToolkit } from "../../../webview/components/toolkit.ts";
import { connectHost, listen } from "../../../webview/host.ts";
import { panel } from "../../../webview/results/panel.ts";
import { PanelStore } from "../../../webview/results/store.ts";
import "../../../webview/styles/results.css";

// The panel on a page that builds it and takes it away when told to; the model stays.

declare global {
  function buildPanel(): Outside;
  function disposePanel(): Outside;
}

const host = connectHost<PanelToHost>();
registerToolkit();
watchTheme();

let view: ReturnType<typeof panel> | undefined;
const store = new PanelStore(host, (model) => view?.update(model));

globalThis.buildPanel = () => {
  view = panel(store, () => store.model);
  document.body.append(view.element);
  view.update(store.model);
  return outside();
};

globalThis.disposePanel = () => {
  view?.dispose();
  view?.element.remove();
  view = undefined;
  return outside();
};

listen<HostToPanel>((message) => {
  store.receive(message);
});
host.post({ kind: "ready" });
