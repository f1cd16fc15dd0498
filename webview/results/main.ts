import type { HostToPanel, PanelToHost } from "../../src/protocol/panel.ts";
import { listen, onLeave } from "../host.ts";
import { openPage } from "../startPage.ts";
import "../styles/results.css";
import { panel } from "./panel.ts";
import { PanelStore } from "./store.ts";

const host = openPage<PanelToHost>();
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
