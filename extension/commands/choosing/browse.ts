import * as vscode from "vscode";
import { dialogExtensions } from "../../activations/fileTypes.ts";
import { sourcePath } from "../../activations/sourcePath.ts";
import { askForFiles } from "../../messages/fileDialog.ts";

/** Asks for one or two activation files; empty if the user gave up. */
export async function browseForFiles(): Promise<string[]> {
  const chosen = await askForFiles({
    title: vscode.l10n.t("Activation files: one that holds both conditions, or two"),
    canSelectMany: true,
    filters: {
      [vscode.l10n.t("Activations")]: [...dialogExtensions],
      [vscode.l10n.t("All files")]: ["*"],
    },
  });
  return chosen.slice(0, 2).map(sourcePath);
}
