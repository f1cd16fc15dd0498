import type {
  ComparisonToHost,
  HostToComparison,
} from "../../src/protocol/views/comparisonView.ts";
import { watchTheme } from "../charts/theme.ts";
import { installExactCopy } from "../components/exactCopy.ts";
import { registerToolkit } from "../components/toolkit.ts";
import { connectHost, listen, reportFaults } from "../host.ts";
import "../styles/file.css";
import { writeNumbersAsTexts } from "../text.ts";
import { comparison } from "./view.ts";

const host = connectHost<ComparisonToHost>();
const send = (message: ComparisonToHost): void => {
  host.post(message);
};
reportFaults(send);
registerToolkit();
watchTheme();
writeNumbersAsTexts();
installExactCopy(document);

const view = comparison(send);
document.body.append(view.element);
listen<HostToComparison>((message) => {
  // What a window reload brings back.
  if (message.kind === "comparison") host.setState({ runIds: message.runIds });
  view.update(message);
});
send({ kind: "ready" });
