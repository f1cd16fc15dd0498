import * as vscode from "vscode";
import { treeItem } from "../messages/treeItem.ts";
import type { ActiveRun, ActiveRuns } from "../runs/activeRuns.ts";
import { describeProgress } from "../runs/activeRuns.ts";
import type { RunEntry } from "../runs/runEntry.ts";
import { describeOutcome, runTitle, shortTime } from "../runs/runEntry.ts";
import type { RunStore } from "../runs/runStore.ts";

export type RunNode =
  | { readonly kind: "computing"; readonly run: ActiveRun }
  | { readonly kind: "run"; readonly entry: RunEntry };

/** Past runs, newest first, below those under way. */
export class RunsTree implements vscode.TreeDataProvider<RunNode> {
  readonly #store: RunStore;
  readonly #active: ActiveRuns;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: RunStore, active: ActiveRuns) {
    this.#store = store;
    this.#active = active;
    active.onDidChange(() => this.#changed.fire());
  }

  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node) return [];
    const entries = await this.#store.list();
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
      ...entries.map((entry) => ({ kind: "run" as const, entry })),
    ];
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    return node.kind === "computing" ? computingItem(node.run) : runItem(node.entry);
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

function runItem(entry: RunEntry): vscode.TreeItem {
  return treeItem({
    label: `${runTitle(entry)} · ${describeOutcome(entry)}`,
    id: entry.runId,
    description: shortTime(entry.created, new Date()),
    icon: new vscode.ThemeIcon(entry.heldOutRatio === undefined ? "graph" : "pass"),
    context: "run",
    command: {
      command: "eigenlens.openRun",
      title: vscode.l10n.t("Open Run"),
      arguments: [{ kind: "run", entry }],
    },
    tooltip: runTooltip(entry),
    spoken: `${runTitle(entry)}, ${describeOutcome(entry)}, ${new Date(entry.created).toLocaleString()}`,
  });
}

function runTooltip(entry: RunEntry): string[] {
  return [
    `${runTitle(entry)} · ${describeOutcome(entry)}`,
    vscode.l10n.t("Target: {0}", entry.targetPath),
    vscode.l10n.t("Reference: {0}", entry.referencePath),
    vscode.l10n.t(
      "{0} components, variance {1}, shrinkage {2}",
      entry.components,
      entry.variance,
      entry.shrinkage,
    ),
    ...(entry.heldOutRatio === undefined
      ? [
          vscode.l10n.t(
            "Not validated: the ratio is in sample and mostly larger than what survives.",
          ),
        ]
      : []),
  ];
}
