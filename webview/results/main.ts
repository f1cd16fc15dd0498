import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import { watchTheme } from "../charts/theme.ts";
import { installExactCopy } from "../components/exactCopy.ts";
import { registerToolkit } from "../components/toolkit.ts";
import { connectHost, listen, onLeave, reportFaults } from "../host.ts";
import "../styles/results.css";
import { panel } from "./panel.ts";
import { PanelStore } from "./store.ts";
import { writeNumbersAsTexts } from "../text.ts";

const host = connectHost<PanelToHost>();
reportFaults((fault) => {
  host.post(fault);
});
registerToolkit();
watchTheme();
writeNumbersAsTexts();
installExactCopy(document);

const store = new PanelStore(host, (model) => {
  view.update(model);
});
const view = panel(store, () => store.model);
document.body.append(view.element);
view.update(store.model);
listen<HostToPanel>((message) => {
  store.receive(message);
});
onLeave(view.dispose);
host.post({ kind: "ready" });
