import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { notebookOrigin } from "../../src/runs/notebookOrigin.ts";
import type { RunRecord } from "../../src/runs/runDocument.ts";
import { statOnDisk } from "./storedRun.ts";

/**
 * To be called before a run's rows are read again.
 * @throws EigenlensError "file-access" if they were variables of a notebook whose file is gone, as it goes with the
 *   run's panel: the line says so, for "no such file" would lead nowhere
 */
export async function checkKept({ sources }: Pick<RunRecord, "sources">): Promise<void> {
  for (const source of [sources.target, sources.reference]) {
    const origin = notebookOrigin(source);
    if (origin === undefined || (await statOnDisk(source.path)) !== undefined) continue;
    throw new EigenlensError(
      "file-access",
      vscode.l10n.t(
        'These rows were the variable {0} of notebook {1}, whose values are not kept: open the notebook, run its cells and choose "Run GED Separation on Notebook Variables..." again.',
        origin.variable,
        origin.notebook,
      ),
    );
  }
}
