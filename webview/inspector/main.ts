import type { HostToInspector, InspectorToHost } from "../../src/protocol/inspector.ts";
import { watchTheme } from "../charts/theme.ts";
import { installExactCopy } from "../components/exactCopy.ts";
import { registerToolkit } from "../components/toolkit.ts";
import { connectHost, listen, reportFaults } from "../host.ts";
import "../styles/inspector.css";
import { inspector } from "./view.ts";
import { writeNumbersAsTexts } from "../text.ts";

const host = connectHost<InspectorToHost>();
reportFaults((fault) => {
  host.post(fault);
});
registerToolkit();
watchTheme();
writeNumbersAsTexts();
installExactCopy(document);

const view = inspector(
  (message) => {
    host.post(message);
  },
  (table) => {
    void navigator.clipboard.writeText(table);
  },
);
document.body.append(view.element);
view.update({ kind: "empty" });
listen<HostToInspector>((message) => {
  view.update(message);
});
host.post({ kind: "ready" });
