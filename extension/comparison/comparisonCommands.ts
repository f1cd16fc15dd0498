import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { formatMoment } from "../../src/protocol/words/numbers.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { CommandAction } from "../commands/register.ts";
import { isRunNode } from "../commands/runListCommands.ts";
import { chooseSeveral } from "../messages/choice.ts";
import { createPanel } from "../messages/panelTitle.ts";
import { comparisonPanelType } from "../panels/panelTypes.ts";
import { describeOutcome, runTitle, type RunEntry } from "../runs/runEntry.ts";
import { readComparisonState } from "../webviews/readOtherMessages.ts";
import { ComparisonPanel } from "./comparisonPanel.ts";

export const comparisonCommands: Readonly<Record<string, CommandAction>> = {
  /** Of the runs that are pointed at in the view, if these are two or more; else it asks. */
  async compareRuns(context, node, nodes) {
    const pointedAt = Array.isArray(nodes) ? nodes.filter(isRunNode) : [];
    const entries =
      pointedAt.length > 1
        ? pointedAt.map(({ entry }) => entry)
        : await chooseRuns(context, isRunNode(node) ? [node.entry] : context.runs.selected);
    if (entries === undefined) return;
    if (entries.length < 2) {
      throw new EigenlensError("usage", vscode.l10n.t("Choose two runs or more to compare."));
    }
    const runIds = entries.map(({ runId }) => runId);
    const panel = createPanel(comparisonPanelType, "");
    await new ComparisonPanel(context, panel, runIds).show();
  },
};

/** Brings a comparison back after a window reload. */
export function comparisonSerializer(context: CommandContext): vscode.WebviewPanelSerializer {
  return {
    async deserializeWebviewPanel(panel, state: unknown): Promise<void> {
      const runIds = readComparisonState(state);
      if (runIds === undefined) panel.dispose();
      else await new ComparisonPanel(context, panel, runIds).show();
    },
  };
}

/** @param known are chosen already */
async function chooseRuns(
  { store }: CommandContext,
  known: readonly RunEntry[],
): Promise<readonly RunEntry[] | undefined> {
  const entries = await store.list();
  const items = entries.map((entry) => ({
    label: `${runTitle(entry)} · ${describeOutcome(entry, vscode.l10n.t)}`,
    description: formatMoment(entry.created),
    picked: known.some(({ runId }) => runId === entry.runId),
    entry,
  }));
  const chosen = await chooseSeveral(items, {
    title: vscode.l10n.t("Compare runs"),
    placeholder: vscode.l10n.t("Two or more"),
  });
  return chosen?.map(({ entry }) => entry);
}
