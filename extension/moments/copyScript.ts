import { join } from "node:path";
import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { copyScripts, momentsScripts } from "../../src/moments/copyScripts.ts";
import { chooseOne } from "../messages/choice.ts";
import { confirm } from "../messages/notify.ts";

/**
 * Copies the file that sums moments in the process that captures into a folder of the workspace, and shows it; what lies
 * there under its name is replaced only if the user says so.
 * @param source the folder that the extension brings along
 * @throws EigenlensError "usage" without a folder; as {@link copyScripts} does
 */
export async function copyMomentsScript(source: string): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new EigenlensError(
      "usage",
      vscode.l10n.t("No folder is open: open the one that the script should be copied into."),
    );
  }
  const items = folders.map(({ name, uri }) => ({ label: name, uri }));
  const folder =
    items.length > 1
      ? await chooseOne(items, {
          title: vscode.l10n.t("The folder that the script is copied into"),
        })
      : items.at(0);
  if (!folder) return;
  const [name] = momentsScripts;
  const copied = await copyScripts([name], source, folder.uri.fsPath, () =>
    confirm({
      severity: "warning",
      message: vscode.l10n.t("Replace {0}? It is another version, or was changed.", name),
      agree: vscode.l10n.t("Replace"),
    }),
  );
  if (!copied) return;
  await vscode.window.showTextDocument(vscode.Uri.file(join(folder.uri.fsPath, name)));
}
