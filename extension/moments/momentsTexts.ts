import * as vscode from "vscode";
import { separationTexts, type ChoiceTexts } from "../commands/choosing/choiceTexts.ts";

/** For two conditions whose moments are summed. */
export function momentsTexts(): ChoiceTexts {
  return { ...separationTexts(), title: vscode.l10n.t("Compute Moments on a Dask Cluster") };
}
