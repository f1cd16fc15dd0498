import { randomBytes } from "node:crypto";
import { CancelledError, EigenlensError } from "../errors.ts";
import { jsonRecord } from "../text/jsonRecord.ts";
import { printable } from "../text/printable.ts";
import type { KernelOutput, NotebookKernel } from "./kernel.ts";
import { requestCode, type KernelRequest } from "./requests.ts";

// The extension's types name the second, it sends the first.
const standardOutput = [
  "application/vnd.code.notebook.stdout",
  "application/x.notebook.stream.stdout",
];
const errorOutput = "application/vnd.code.notebook.error";
/** By this name the Jupyter extension says that the user did not allow access. */
const accessRevoked = "vscode.jupyter.apiAccessRevoked";

/** Longer answers are not ours. */
const longestAnswer = 16 * 2 ** 20;

/** The code ran and nothing of its answer arrived. */
export class NoAnswer extends EigenlensError {
  constructor(notebook: string) {
    super(
      "file-access",
      `The kernel of ${printable(notebook)} gave no answer: if you did not allow Eigenlens to use it, run "Jupyter: Manage Access To Jupyter Kernels", else restart the kernel.`,
    );
    this.name = "NoAnswer";
  }
}

/**
 * Asks the notebook's Python something.
 * @returns the answer as parsed, to be checked
 * @throws EigenlensError "file-access" if the kernel cannot be used, "condition" if the Python fails, {@link NoAnswer};
 *   CancelledError
 */
export async function askKernel(
  kernel: NotebookKernel,
  request: KernelRequest,
  signal: AbortSignal,
): Promise<object> {
  const mark = `eigenlens-${randomBytes(8).toString("hex")}:`;
  const code = requestCode(request, mark);
  let text = "";
  try {
    for await (const output of kernel.execute(code, signal)) {
      text += outputText(output, kernel.notebook);
      if (text.length > longestAnswer) throw new NoAnswer(kernel.notebook);
    }
  } catch (thrown) {
    if (signal.aborted) throw new CancelledError();
    throw thrown instanceof EigenlensError ? thrown : unusable(kernel.notebook, thrown);
  }
  if (signal.aborted) throw new CancelledError();
  const start = text.indexOf(mark);
  const end = text.indexOf("\n", start);
  const answer =
    start < 0 ? undefined : jsonRecord(text.slice(start + mark.length, end < 0 ? undefined : end));
  if (answer === undefined) throw new NoAnswer(kernel.notebook);
  if ("error" in answer) throw failed(kernel.notebook, String(answer.error));
  return answer;
}

/** What it prints. @throws EigenlensError "condition" if it is an error of Python, such as an interrupt */
function outputText({ items }: KernelOutput, notebook: string): string {
  let text = "";
  for (const { mime, data } of items) {
    if (standardOutput.includes(mime)) text += new TextDecoder().decode(data);
    if (mime !== errorOutput) continue;
    const error = jsonRecord(new TextDecoder().decode(data)) ?? {};
    const said = [error["name"], error["message"]].filter((part) => typeof part === "string");
    throw failed(notebook, said.filter((part) => part !== "").join(": "));
  }
  return text;
}

function failed(notebook: string, reason: string): EigenlensError {
  return new EigenlensError(
    "condition",
    `Python in ${printable(notebook)} could not give the variable (${printable(reason, 300)}): try again, or save it to a file and choose that.`,
  );
}

function unusable(notebook: string, cause: unknown): EigenlensError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof Error && (cause.name === accessRevoked || /revoked/i.test(reason))) {
    return new EigenlensError(
      "file-access",
      `Eigenlens may not use the kernel of ${printable(notebook)}: allow it with "Jupyter: Manage Access To Jupyter Kernels", then try again.`,
      { cause },
    );
  }
  return new EigenlensError(
    "file-access",
    `The kernel of ${printable(notebook)} cannot be used (${printable(reason, 300)}): restart it, run the cells and try again.`,
    { cause },
  );
}
