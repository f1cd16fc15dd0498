import * as vscode from "vscode";
import { showError } from "./notify.ts";

/** An error in one line, with the way to its stack. */
export async function offerLog(message: string): Promise<void> {
  const showLog = vscode.l10n.t("Show Log");
  const chosen = await showError(message, showLog);
  if (chosen === showLog) await vscode.commands.executeCommand("eigenlens.showLog");
}
