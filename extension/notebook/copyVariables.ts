import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { CancelledError } from "../../src/errors.ts";
import { copyVariable } from "../../src/notebook/copyVariable.ts";
import type { NotebookKernel } from "../../src/notebook/kernel.ts";
import type { NotebookVariable } from "../../src/notebook/listVariables.ts";
import { asksFirst } from "../../src/notebook/sizes.ts";
import { formatBytes } from "../../src/protocol/words/numbers.ts";
import { confirm, showInformation } from "../messages/notify.ts";
import { showProgress } from "../messages/progress.ts";

/**
 * Copies variables of a notebook into one file each.
 * @param folder that is there and empty
 * @param metadata what the files say of where they came from
 * @returns their paths, in this order
 * @throws EigenlensError as {@link copyVariable}; CancelledError if the user does not want to wait for so much
 */
export async function copyVariables(
  kernel: NotebookKernel,
  variables: readonly NotebookVariable[],
  folder: string,
  metadata: Readonly<Record<string, string>>,
): Promise<string[]> {
  const stop = new AbortController();
  const title = vscode.l10n.t("Reading variables of {0}", kernel.notebook);
  const place = { where: "notification", title, cancel: () => stop.abort() } as const;
  await agreeToSize(kernel.notebook, variables);
  return showProgress(place, async (report) => {
    const paths: string[] = [];
    for (const [position, { name }] of variables.entries()) {
      // Names may differ in capitals only, which not every disk tells apart.
      const own = join(folder, String(position + 1));
      await mkdir(own);
      const path = join(own, `${name}.safetensors`);
      report(name);
      const { leftOut } = await copyVariable(kernel, {
        variable: name,
        path,
        metadata: { ...metadata, notebook: kernel.notebook, variable: name },
        signal: stop.signal,
        throughOutputs: (byteLength) => agreeToOutputs(kernel.notebook, name, byteLength),
        progress: (done, byteLength) =>
          report(
            vscode.l10n.t("{0}: {1} of {2}", name, formatBytes(done), formatBytes(byteLength)),
          ),
      });
      if (leftOut.length > 0) void tellLeftOut(name, leftOut);
      paths.push(path);
    }
    return paths;
  });
}

async function agreeToSize(
  notebook: string,
  variables: readonly NotebookVariable[],
): Promise<void> {
  const byteLength = variables.reduce((sum, { bytes }) => sum + bytes, 0);
  if (!asksFirst(byteLength, "file")) return;
  const names = variables.map(({ name }) => name).join(", ");
  await agree(
    vscode.l10n.t("Copy {0} out of {1}?", formatBytes(byteLength), notebook),
    vscode.l10n.t(
      "{0}: the copy stays on disk until the run's panel is closed. Fewer rows are soon chosen in the notebook.",
      names,
    ),
  );
}

async function agreeToOutputs(notebook: string, name: string, byteLength: number): Promise<void> {
  if (!asksFirst(byteLength, "outputs")) return;
  await agree(
    vscode.l10n.t("Send {0} through the outputs of {1}?", formatBytes(byteLength), notebook),
    vscode.l10n.t(
      "Its kernel runs on a machine that does not see this one's files, so {0} comes in small parts, as a rule a megabyte in a second. Saving it to a file and copying that is faster.",
      name,
    ),
  );
}

async function agree(message: string, detail: string): Promise<void> {
  const agreed = await confirm({
    severity: "information",
    message,
    detail,
    agree: vscode.l10n.t("Copy"),
  });
  if (!agreed) throw new CancelledError();
}

async function tellLeftOut(name: string, columns: readonly string[]): Promise<void> {
  await showInformation(
    vscode.l10n.t(
      "These columns of {0} hold too much text and were left out: {1}.",
      name,
      columns.join(", "),
    ),
  );
}
