import type { HostToInspector, InspectorToHost } from "../../src/protocol/inspector.ts";
import { startPage } from "../startPage.ts";
import "../styles/inspector.css";
import { inspector } from "./view.ts";

startPage<HostToInspector, InspectorToHost>((send) => {
  const view = inspector(send, (table) => {
    void navigator.clipboard.writeText(table);
  });
  view.update({ kind: "empty" });
  return view;
});
