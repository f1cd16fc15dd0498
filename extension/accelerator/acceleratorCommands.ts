import * as vscode from "vscode";
import { currentInstallation } from "../../src/linalg/tensorflow/installation.ts";
import { formatBytes } from "../../src/protocol/words/numbers.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { CommandAction } from "../commands/register.ts";
import { confirm, showInformation } from "../messages/notify.ts";
import { showProgress } from "../messages/progress.ts";
import { installedFolder, lock, specification } from "./acceleratorFolders.ts";
import { removeInstallation } from "./installations.ts";
import { folderSize, installPackage } from "./npmInstall.ts";
import { tellInstalled } from "./tellInstalled.ts";

export const acceleratorCommands: Readonly<Record<string, CommandAction>> = {
  async installTensorflow(context) {
    const folder = installedFolder(context.extension.globalStorageUri.fsPath);
    const agreed = await confirm({
      severity: "information",
      message: vscode.l10n.t("Install the TensorFlow accelerator?"),
      detail: vscode.l10n.t(
        "npm downloads {0} and TensorFlow's library: several hundred megabytes, kept in the extension's own storage ({1}). The packages' install scripts run. Eigenlens works without it; it may speed up large runs.",
        specification,
        folder,
      ),
      agree: vscode.l10n.t("Install"),
    });
    if (agreed) await installWithProgress(context, folder);
  },

  async removeTensorflow(context) {
    const folder = installedFolder(context.extension.globalStorageUri.fsPath);
    const size = await folderSize(currentInstallation(folder) ?? folder);
    const agreed = await confirm({
      severity: "warning",
      message: vscode.l10n.t("Remove the TensorFlow accelerator ({0})?", formatBytes(size)),
      agree: vscode.l10n.t("Remove"),
    });
    if (!agreed) return;
    context.engine.restart();
    await removeInstallation(folder);
    await tellInstalled(context);
  },
};

async function installWithProgress(context: CommandContext, folder: string): Promise<void> {
  const { log } = context;
  const started = performance.now();
  const stop = new AbortController();
  await showProgress(
    {
      where: "notification",
      title: vscode.l10n.t("Installing the TensorFlow accelerator"),
      cancel: () => stop.abort(),
    },
    (report) =>
      installPackage({
        specification,
        lock: context.extension.asAbsolutePath(lock),
        folder,
        signal: stop.signal,
        onLine: (line) => log.info(`npm: ${line}`),
        onSize: (size) => report(vscode.l10n.t("{0} so far", formatBytes(size))),
      }),
  );
  const size = formatBytes(await folderSize(currentInstallation(folder) ?? folder));
  const seconds = Math.round((performance.now() - started) / 1000);
  log.info(`${specification} installed in ${seconds} s: ${folder}, ${size}.`);
  context.engine.restart();
  await tellInstalled(context);
  void showInformation(
    vscode.l10n.t("The TensorFlow accelerator is installed ({0}); the next run may use it.", size),
  );
}
