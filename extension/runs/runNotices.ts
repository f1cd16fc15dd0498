import * as vscode from "vscode";
import { formatBytes } from "../../src/protocol/words/numbers.ts";
import { showInformation } from "../messages/notify.ts";
import { bringBack } from "./bringBack.ts";
import type { RunEntry } from "./runEntry.ts";
import { runTitle } from "./runEntry.ts";
import type { RunStore } from "./runStore.ts";

/** What the user may do about something that was done already. */
interface Offer {
  readonly label: string;
  action(): Promise<unknown>;
}

/** Tells that runs were deleted, with the way back. */
export function offerUndo(
  entries: readonly RunEntry[],
  undo: () => Promise<unknown>,
): Promise<void> {
  const [first] = entries;
  const text =
    entries.length === 1 && first
      ? vscode.l10n.t("The run {0} was deleted.", runTitle(first))
      : vscode.l10n.t("{0} runs were deleted.", entries.length);
  return offer(text, [{ label: vscode.l10n.t("Undo"), action: undo }]);
}

/** Tells which runs had to go for want of room; those that the user wants after all are pinned. */
export function offerRemoved(
  removed: readonly RunEntry[],
  store: RunStore,
  limit: number,
  openSettings: () => Promise<unknown>,
): Promise<void> {
  const names = [...new Set(removed.map(runTitle))];
  const listed = names.length > 3 ? `${names.slice(0, 3).join(", ")}, …` : names.join(", ");
  const text =
    removed.length === 1
      ? vscode.l10n.t(
          "The oldest stored run, {0}, was removed so that all take no more than {1}.",
          listed,
          formatBytes(limit),
        )
      : vscode.l10n.t(
          "The oldest {0} stored runs were removed so that all take no more than {1}: {2}.",
          removed.length,
          formatBytes(limit),
          listed,
        );
  return offer(text, [
    {
      label: vscode.l10n.t("Bring Back and Pin"),
      action: () => bringBack(removed, store),
    },
    { label: vscode.l10n.t("Change the Limit"), action: openSettings },
  ]);
}

async function offer(text: string, offers: readonly Offer[]): Promise<void> {
  const chosen = await showInformation(text, ...offers.map(({ label }) => label));
  await offers.find(({ label }) => label === chosen)?.action();
}
