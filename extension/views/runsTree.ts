import * as vscode from "vscode";
import { formatBytes, formatMoment } from "../../src/protocol/numbers.ts";
import { setViewMessage, treeItem } from "../messages/treeItem.ts";
import type { ActiveRun, ActiveRuns } from "../runs/activeRuns.ts";
import { describeProgress } from "../runs/activeRuns.ts";
import type { RunEntry } from "../runs/runEntry.ts";
import { describeOutcome, runTitle, shortTime } from "../runs/runEntry.ts";
import { totalSize } from "../runs/runLimit.ts";
import type { RunStore } from "../runs/runStore.ts";

export type RunNode =
  | { readonly kind: "computing"; readonly run: ActiveRun }
  | { readonly kind: "run"; readonly entry: RunEntry; readonly pinned: boolean };

/** Past runs, newest first, below those under way. */
export class RunsTree implements vscode.TreeDataProvider<RunNode> {
  readonly #store: RunStore;
  readonly #active: ActiveRuns;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #view: vscode.TreeView<RunNode> | undefined;

  constructor(store: RunStore, active: ActiveRuns) {
    this.#store = store;
    this.#active = active;
    active.onDidChange(() => this.#changed.fire());
  }

  /** The view that says above its rows what all of them take. */
  showIn(view: vscode.TreeView<RunNode>): void {
    this.#view = view;
  }

  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node) return [];
    const entries = await this.#store.list();
    const pinned = await this.#store.markers.pinned();
    if (this.#view) setViewMessage(this.#view, storageText(entries));
    const context = (key: string, value: boolean) =>
      vscode.commands.executeCommand("setContext", `eigenlens.${key}`, value);
    await Promise.all([
      context("hasRuns", entries.length > 0),
      context(
        "hasValidatedRuns",
        entries.some((entry) => entry.heldOutRatio !== undefined),
      ),
    ]);
    return [
      ...this.#active.all.map((run) => ({ kind: "computing" as const, run })),
      ...entries.map((entry) => ({
        kind: "run" as const,
        entry,
        pinned: pinned.has(entry.runId),
      })),
    ];
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    return node.kind === "computing" ? computingItem(node.run) : runItem(node);
  }
}

function computingItem({ title, progress }: ActiveRun): vscode.TreeItem {
  return treeItem({
    label: title,
    icon: new vscode.ThemeIcon("loading~spin"),
    description: describeProgress(progress),
    context: "computing",
  });
}

/** None where there are no runs: a message would hide what the view says then. */
function storageText(entries: readonly RunEntry[]): string | undefined {
  if (entries.length === 0) return undefined;
  return vscode.l10n.t("{0} stored", formatBytes(totalSize(entries)));
}

function runItem({ entry, pinned }: RunNode & { kind: "run" }): vscode.TreeItem {
  return treeItem({
    label: `${runTitle(entry)} · ${describeOutcome(entry, vscode.l10n.t)}`,
    id: entry.runId,
    description: shortTime(entry.created, new Date()),
    icon: new vscode.ThemeIcon(iconOf(entry)),
    context: pinned ? "pinnedRun" : "run",
    command: {
      command: "eigenlens.openRun",
      title: vscode.l10n.t("Open Run"),
      arguments: [{ kind: "run", entry, pinned }],
    },
    tooltip: runTooltip(entry, pinned),
    spoken: `${runTitle(entry)}, ${describeOutcome(entry, vscode.l10n.t)}, ${formatMoment(entry.created)}`,
  });
}

/** A tick only if the direction holds. */
function iconOf({ verdict }: RunEntry): string {
  switch (verdict) {
    case "holds":
      return "pass";
    case "does-not-hold":
      return "circle-slash";
    case "not-shown":
    case "cannot-tell":
      return "question";
    case undefined:
      return "graph";
    default:
      return verdict satisfies never;
  }
}

function runTooltip(entry: RunEntry, pinned: boolean): string[] {
  const size = formatBytes(entry.byteLength);
  return [
    `${runTitle(entry)} · ${describeOutcome(entry, vscode.l10n.t)}`,
    vscode.l10n.t("Target: {0}", entry.targetPath),
    vscode.l10n.t("Reference: {0}", entry.referencePath),
    vscode.l10n.t(
      "{0} components, variance {1}, shrinkage {2}",
      entry.components,
      entry.variance,
      entry.shrinkage,
    ),
    pinned ? vscode.l10n.t("{0}; pinned: it stays when room is needed for others.", size) : size,
    ...(entry.heldOutRatio === undefined
      ? [
          vscode.l10n.t(
            "The ratio is in sample, and as a rule far larger than what survives held out.",
          ),
        ]
      : []),
  ];
}
