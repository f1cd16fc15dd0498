import * as vscode from "vscode";
import { chooseOne } from "../messages/choice.ts";
import { exportDocument, exportRun } from "../panels/runExporter.ts";
import { openStored } from "../panels/resultPanelSerializer.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import type { RunEntry } from "../runs/runEntry.ts";
import { describeOutcome, runTitle } from "../runs/runEntry.ts";
import { storedRun } from "../runs/storedRun.ts";
import type { CommandContext } from "./commandContext.ts";
import type { CommandAction } from "./register.ts";
import { newResultView } from "../panels/newResultView.ts";
import { formatMoment } from "../../src/protocol/words/numbers.ts";

export const runListCommands: Readonly<Record<string, CommandAction>> = {
  async openRun(context, node) {
    const entry = await entryOf(context, node, vscode.l10n.t("Open a run"));
    if (!entry) return;
    await openEntry(context, entry);
  },

  async pinRun(context, node) {
    if (!isRunNode(node)) return;
    await context.store.markers.pin(node.entry.runId);
    context.runs.refresh();
  },

  async unpinRun(context, node) {
    if (!isRunNode(node)) return;
    await context.store.markers.unpin(node.entry.runId);
    context.runs.refresh();
  },

  async exportRunDocument(context, node) {
    const shown = context.panels.views.active?.shown;
    if (!isRunNode(node) && shown) {
      const place = {
        solution: shown.solution.choice,
        direction: "forward",
        component: 0,
      } as const;
      await exportRun(shown, { format: "runDocument", ...place }, context.extension);
      return;
    }
    const entry = await entryOf(context, node, vscode.l10n.t("Export a run"));
    if (!entry) return;
    const document = await context.store.read(entry.runId);
    await exportDocument(storedRun(context.store, entry.runId, document), context.extension);
  },
};

/** Brings the panel of a stored run to the front, or opens one. */
export async function openEntry(context: CommandContext, entry: RunEntry): Promise<RunPanel> {
  const open = context.panels.views.ofRun(entry.runId);
  if (open) {
    open.reveal();
    return open;
  }
  const run = await openStored(entry.runId, context.store, context.engine);
  const view = newResultView(runTitle(entry), context.panels);
  await view.showRun(run);
  return view;
}

/** The run of a node of the Runs view, or else one that the user chooses. */
export async function entryOf(
  { store, runs }: CommandContext,
  node: unknown,
  title: string,
): Promise<RunEntry | undefined> {
  if (isRunNode(node)) return node.entry;
  const [selected] = isFromView(node) ? runs.selected : [];
  if (selected) return selected;
  const entries = await store.list();
  const items = entries.map((entry) => ({
    label: `${runTitle(entry)} · ${describeOutcome(entry, vscode.l10n.t)}`,
    description: formatMoment(entry.created),
    entry,
  }));
  const placeholder = items.length === 0 ? vscode.l10n.t("There are no runs yet") : undefined;
  return (await chooseOne(items, { title, placeholder }))?.entry;
}

/** Whether a key was pressed in the Runs view: then the run that is selected there is meant. */
export function isFromView(argument: unknown): boolean {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "from" in argument &&
    argument.from === "runs"
  );
}

export function isRunNode(node: unknown): node is { entry: RunEntry } {
  return typeof node === "object" && node !== null && "kind" in node && node.kind === "run";
}
