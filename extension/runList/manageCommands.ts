import * as vscode from "vscode";
import { longestRunName } from "../../src/runs/runName.ts";
import { formatMoment } from "../../src/protocol/words/numbers.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { CommandAction } from "../commands/register.ts";
import { entryOf, isFromView, isRunNode } from "../commands/runListCommands.ts";
import { askForText } from "../messages/choice.ts";
import { confirm } from "../messages/notify.ts";
import type { RunEntry } from "../runs/runEntry.ts";
import { runTitle } from "../runs/runEntry.ts";
import { offerUndo } from "../runs/runNotices.ts";

/** What is done with the stored runs themselves. */
export const manageCommands: Readonly<Record<string, CommandAction>> = {
  async renameRun(context, node) {
    const entry = await entryOf(context, node, vscode.l10n.t("Rename a run"));
    const typed = entry && (await askForName(entry));
    if (entry === undefined || typed === undefined) return;
    const name = typed.trim() === "" ? undefined : typed.trim();
    await context.store.rename(entry.runId, name);
    context.panels.views.ofRun(entry.runId)?.rename(name);
    context.runs.refresh();
  },

  async duplicateRun(context, node) {
    const entry = await entryOf(context, node, vscode.l10n.t("Duplicate a run"));
    if (!entry) return;
    const name = vscode.l10n.t("{0}, copy", runTitle(entry)).slice(0, longestRunName);
    await context.store.duplicate(entry.runId, name);
    context.runs.refresh();
  },

  async deleteRun(context, node, nodes) {
    const entries = await entriesOf(context, node, nodes);
    if (entries.length === 0 || !(await agreesToDelete(entries))) return;
    const undos: (() => Promise<void>)[] = [];
    for (const { runId } of entries) {
      context.panels.views.ofRun(runId)?.close();
      undos.push(await context.store.delete(runId));
    }
    context.runs.refresh();
    await offerUndo(entries, async () => {
      for (const undo of undos) await undo();
    });
    context.runs.refresh();
  },
};

/** An empty name stands for that of the conditions. */
function askForName(entry: RunEntry): Promise<string | undefined> {
  const { target, reference } = entry;
  return askForText({
    title: vscode.l10n.t("Rename a run"),
    prompt: vscode.l10n.t(
      "What to call the run; if empty, {0} as before",
      runTitle({ target, reference }),
    ),
    value: entry.name ?? "",
    placeholder: runTitle({ target, reference }),
    fault: (text) =>
      text.trim().length > longestRunName
        ? vscode.l10n.t("At most {0} characters", longestRunName)
        : undefined,
  });
}

/** All that are selected, if one of them was pointed at or the key was pressed in the view. */
async function entriesOf(
  context: CommandContext,
  node: unknown,
  nodes: unknown,
): Promise<readonly RunEntry[]> {
  const pointedAt = Array.isArray(nodes) ? nodes.filter(isRunNode) : [];
  if (pointedAt.length > 1) return pointedAt.map(({ entry }) => entry);
  if (isFromView(node) && context.runs.selected.length > 0) return context.runs.selected;
  const entry = await entryOf(context, node, vscode.l10n.t("Delete a run"));
  return entry ? [entry] : [];
}

function agreesToDelete(entries: readonly RunEntry[]): Promise<boolean> {
  const [first] = entries;
  const message =
    entries.length === 1 && first
      ? vscode.l10n.t("Delete the run {0} of {1}?", runTitle(first), formatMoment(first.created))
      : vscode.l10n.t("Delete {0} runs?", entries.length);
  return confirm({
    severity: "warning",
    message,
    detail: vscode.l10n.t(
      "Its document is removed, which the notification that follows can undo. The activation files are not touched.",
    ),
    agree: vscode.l10n.t("Delete"),
  });
}
