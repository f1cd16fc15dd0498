import * as vscode from "vscode";
import { askForText, chooseOne } from "../messages/choice.ts";
import { momentsTexts } from "./momentsTexts.ts";

const lastScheduler = "eigenlens.lastScheduler";

/**
 * Asks where moments are summed; the address of a cluster is remembered for the workspace.
 * @returns without a scheduler for processes of this machine; undefined if the user gave up
 */
export async function chooseCluster(
  memento: vscode.Memento,
): Promise<{ readonly scheduler?: string } | undefined> {
  const { title } = momentsTexts();
  const items = [
    {
      label: vscode.l10n.t("On this machine"),
      description: vscode.l10n.t("a Dask cluster of processes, started for this"),
      isRunning: false,
    },
    {
      label: vscode.l10n.t("On a running cluster..."),
      description: vscode.l10n.t("by the address of its scheduler; it must see the same files"),
      isRunning: true,
    },
  ];
  const chosen = await chooseOne(items, { title });
  if (!chosen) return undefined;
  if (!chosen.isRunning) return {};
  const scheduler = await askForText({
    title,
    prompt: vscode.l10n.t("The address of the scheduler"),
    placeholder: "tcp://host:8786",
    value: memento.get(lastScheduler, ""),
    fault: (text) =>
      /^(tcp|tls|ucx|wss?):\/\/\S+$/.test(text.trim())
        ? undefined
        : vscode.l10n.t("Write an address such as {0}.", "tcp://host:8786"),
  });
  if (scheduler === undefined) return undefined;
  await memento.update(lastScheduler, scheduler.trim());
  return { scheduler: scheduler.trim() };
}
