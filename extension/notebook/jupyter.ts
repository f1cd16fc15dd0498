import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import type { KernelOutput, NotebookKernel } from "../../src/notebook/kernel.ts";
import { shortenPath, sourcePath } from "../activations/sourcePath.ts";

/** What is used of the API that the Jupyter extension publishes (`@vscode/jupyter-extension`). */
interface JupyterApi {
  readonly kernels: { getKernel(uri: vscode.Uri): Thenable<JupyterKernel | undefined> };
}

interface JupyterKernel {
  readonly language: string;
  readonly status: string;
  /** The first call asks the user for access. */
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<KernelOutput>;
}

/** The name of a notebook as the explorer shows it, for messages and for the runs made from it. */
export function notebookName({ uri }: vscode.NotebookDocument): string {
  return shortenPath(sourcePath(uri));
}

/**
 * The kernel of a notebook, if it can be asked now.
 * @throws EigenlensError "usage": what is missing, and what to do
 */
export async function openKernel(notebook: vscode.NotebookDocument): Promise<NotebookKernel> {
  const name = notebookName(notebook);
  const kernel = await (await jupyterApi()).kernels.getKernel(notebook.uri);
  if (kernel === undefined) {
    throw usage(
      vscode.l10n.t("No kernel runs for {0}: choose one, run a cell and try again.", name),
    );
  }
  if (kernel.language !== "python") {
    throw usage(
      vscode.l10n.t("The kernel of {0} speaks {1}: only Python is read.", name, kernel.language),
    );
  }
  checkStatus(kernel.status, name);
  return { notebook: name, execute: (code, signal) => execute(kernel, code, signal) };
}

async function jupyterApi(): Promise<JupyterApi> {
  const jupyter = vscode.extensions.getExtension<unknown>("ms-toolsai.jupyter");
  if (jupyter === undefined) {
    throw usage(
      vscode.l10n.t(
        "The Jupyter extension (ms-toolsai.jupyter) is not there: install or enable it, or save the arrays with numpy.save and choose the files.",
      ),
    );
  }
  const api: unknown = await jupyter.activate();
  if (isJupyterApi(api)) return api;
  throw usage(vscode.l10n.t("This Jupyter extension lets no other use its kernels: update it."));
}

function isJupyterApi(api: unknown): api is JupyterApi {
  if (typeof api !== "object" || api === null) return false;
  const kernels: unknown = Reflect.get(api, "kernels");
  if (typeof kernels !== "object" || kernels === null) return false;
  return typeof Reflect.get(kernels, "getKernel") === "function";
}

function checkStatus(status: string, name: string): void {
  switch (status) {
    case "busy":
      throw usage(
        vscode.l10n.t(
          "The kernel of {0} is busy: wait until its cells have run, or interrupt it, then try again.",
          name,
        ),
      );
    case "starting":
    case "restarting":
    case "autorestarting":
      throw usage(
        vscode.l10n.t("The kernel of {0} is starting: run the cells, then try again.", name),
      );
    case "dead":
    case "terminating":
      throw usage(
        vscode.l10n.t("The kernel of {0} has ended: restart it and run the cells again.", name),
      );
    default:
  }
}

async function* execute(
  kernel: JupyterKernel,
  code: string,
  signal: AbortSignal,
): AsyncGenerator<KernelOutput> {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  try {
    yield* kernel.executeCode(code, source.token);
  } finally {
    signal.removeEventListener("abort", cancel);
    source.dispose();
  }
}

function usage(message: string): EigenlensError {
  return new EigenlensError("usage", message);
}
