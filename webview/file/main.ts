import type { FileToHost, HostToFile } from "../../src/protocol/views/fileView.ts";
import { watchTheme } from "../charts/theme.ts";
import { installExactCopy } from "../components/exactCopy.ts";
import { registerToolkit } from "../components/toolkit.ts";
import { connectHost, listen, reportFaults } from "../host.ts";
import "../styles/file.css";
import { fileEditor } from "./view.ts";
import { writeNumbersAsTexts } from "../text.ts";

const host = connectHost<FileToHost>();
const send = (message: FileToHost): void => {
  host.post(message);
};
reportFaults(send);
registerToolkit();
watchTheme();
writeNumbersAsTexts();
installExactCopy(document);

const view = fileEditor(send);
document.body.append(view.element);
listen<HostToFile>((message) => {
  view.update(message);
});
send({ kind: "ready" });
