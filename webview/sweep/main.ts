import type { HostToSweep, SweepToHost } from "../../src/protocol/views/sweepView.ts";
import { watchTheme } from "../charts/theme.ts";
import { installExactCopy } from "../components/exactCopy.ts";
import { registerToolkit } from "../components/toolkit.ts";
import { connectHost, listen, reportFaults } from "../host.ts";
import "../styles/file.css";
import { sweep } from "./view.ts";
import { writeNumbersAsTexts } from "../text.ts";

const host = connectHost<SweepToHost>();
const send = (message: SweepToHost): void => {
  host.post(message);
};
reportFaults(send);
registerToolkit();
watchTheme();
writeNumbersAsTexts();
installExactCopy(document);

const view = sweep(send);
document.body.append(view.element);
listen<HostToSweep>((message) => {
  // What a window reload brings back.
  if (message.kind === "sweep") host.setState({ view: message.view });
  view.update(message);
});
send({ kind: "ready" });
