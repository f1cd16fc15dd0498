// Plays the API that the Jupyter extension publishes (kernels.getKernel, executeCode, its question for access) in front of
// a real Jupyter server and kernel, for the extension itself is in no package registry. Installed as `ms-toolsai.jupyter`.
import * as vscode from "vscode";
import type { KernelOutput } from "../../../../src/notebook/kernel.ts";
import { JupyterKernel } from "../jupyterKernel.ts";

let access: Thenable<boolean> | undefined;
let starting: Promise<JupyterKernel> | undefined;
let status = "idle";

export function activate(context: vscode.ExtensionContext) {
  const controller = vscode.notebooks.createNotebookController(
    "played",
    "jupyter-notebook",
    "Python (played)",
    async (cells) => {
      for (const cell of cells) await runCell(controller, cell);
    },
  );
  controller.supportedLanguages = ["python"];
  const prefer = (notebook: vscode.NotebookDocument) =>
    controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  vscode.workspace.notebookDocuments.forEach(prefer);
  context.subscriptions.push(
    controller,
    vscode.workspace.onDidOpenNotebookDocument(prefer),
    { dispose: () => void starting?.then((kernel) => kernel.stop()) },
    vscode.commands.registerCommand("played.viewHim", () => {
      const [notebook] = vscode.workspace.notebookDocuments;
      const variable = { name: "him", type: "ndarray", fileName: notebook?.uri };
      return vscode.commands.executeCommand("eigenlens.runNotebookVariables", variable);
    }),
    vscode.commands.registerCommand("played.end", () => (status = "dead")),
  );
  const kernel = {
    language: "python",
    get status() {
      return status;
    },
    executeCode,
  };
  // Only a kernel in which the user ran something counts as running.
  const getKernel = () => Promise.resolve(starting && kernel);
  return { kernels: { getKernel } };
}

function started(): Promise<JupyterKernel> {
  const { EIGENLENS_PEER_PYTHON: program = "", EIGENLENS_PEER_BRIDGE: bridge = "" } = process.env;
  starting ??= JupyterKernel.start(program, bridge);
  return starting;
}

async function* run(code: string, token: vscode.CancellationToken): AsyncGenerator<KernelOutput> {
  const stop = new AbortController();
  token.onCancellationRequested(() => stop.abort());
  yield* (await started()).execute(code, stop.signal);
}

async function* executeCode(code: string, token: vscode.CancellationToken) {
  access ??= vscode.window
    .showInformationMessage("Eigenlens wants to use Jupyter kernels", { modal: true }, "Allow")
    .then((pressed) => pressed === "Allow");
  if (!(await access)) {
    access = undefined;
    const denied = new Error("Access to Jupyter Kernel has been revoked");
    denied.name = "vscode.jupyter.apiAccessRevoked";
    throw denied;
  }
  yield* run(code, token);
}

async function runCell(controller: vscode.NotebookController, cell: vscode.NotebookCell) {
  const execution = controller.createNotebookCellExecution(cell);
  execution.start();
  status = "busy";
  let failed = false;
  for await (const { items } of run(cell.document.getText(), execution.token)) {
    failed ||= items.some(({ mime }) => mime.endsWith("error"));
    const outputs = items.map(
      ({ mime, data }) => new vscode.NotebookCellOutputItem(Uint8Array.from(data), mime),
    );
    await execution.appendOutput(new vscode.NotebookCellOutput(outputs));
  }
  status = "idle";
  execution.end(!failed);
}
