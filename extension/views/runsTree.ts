import * as vscode from "vscode";
import { formatBytes, formatMoment } from "../../src/protocol/words/numbers.ts";
import { setViewMessage, treeItem } from "../messages/treeItem.ts";
import type { ActiveRun, ActiveRuns } from "../runs/activeRuns.ts";
import { describeProgress } from "../runs/activeRuns.ts";
import type { RunEntry } from "../runs/runEntry.ts";
import { describeOutcome, runTitle, shortTime } from "../runs/runEntry.ts";
import { totalSize } from "../runs/runLimit.ts";
import type { RunStore } from "../runs/runStore.ts";
import { StaleRuns } from "../runList/staleRuns.ts";
import type { SourceChange, StatSource } from "../runList/sourceStamps.ts";

export type RunNode = { readonly kind: "computing"; readonly run: ActiveRun } | RunRow;

interface RunRow {
  readonly kind: "run";
  readonly entry: RunEntry;
  readonly pinned: boolean;
  /** What became of the files that it was made from. */
  readonly change?: SourceChange;
}

/** Past runs, newest first, below those under way. */
export class RunsTree implements vscode.TreeDataProvider<RunNode> {
  readonly #store: RunStore;
  readonly #active: ActiveRuns;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly stale: StaleRuns;
  #view: vscode.TreeView<RunNode> | undefined;

  constructor(store: RunStore, active: ActiveRuns, stat: StatSource) {
    this.#store = store;
    this.stale = new StaleRuns(stat);
    this.#active = active;
    active.onDidChange(() => this.#changed.fire());
  }

  /** The view that says above its rows what all of them take. */
  showIn(view: vscode.TreeView<RunNode>): void {
    this.#view = view;
    // Files change while nobody looks.
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.refresh();
    });
  }

  /** The runs that are selected in the view. */
  get selected(): readonly RunEntry[] {
    return (this.#view?.selection ?? []).flatMap((node) =>
      node.kind === "run" ? [node.entry] : [],
    );
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
    void this.#checkSources(entries);
    return [
      ...this.#active.all.map((run) => ({ kind: "computing" as const, run })),
      ...entries.map((entry): RunRow => {
        const change = this.stale.changeOf(entry.runId);
        return {
          kind: "run",
          entry,
          pinned: pinned.has(entry.runId),
          ...(change === undefined ? {} : { change }),
        };
      }),
    ];
  }

  /** After the rows are shown: a slow disk must not keep them away. */
  async #checkSources(entries: readonly RunEntry[]): Promise<void> {
    if (await this.stale.check(entries)) this.refresh();
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

/** None if there are no runs: a message would hide what the view says then. */
function storageText(entries: readonly RunEntry[]): string | undefined {
  if (entries.length === 0) return undefined;
  return vscode.l10n.t("{0} stored", formatBytes(totalSize(entries)));
}

function runItem(row: RunRow): vscode.TreeItem {
  const { entry, pinned, change } = row;
  const isStale = change === "changed" || change === "missing";
  const states = [isStale ? "staleRun" : "run", ...(pinned ? ["pinned"] : [])];
  const time = shortTime(entry.created, new Date());
  return treeItem({
    label: `${runTitle(entry)} · ${describeOutcome(entry, vscode.l10n.t)}`,
    id: entry.runId,
    description: change === undefined ? time : `${changeText(change)} · ${time}`,
    icon: iconOf(entry, change),
    context: states.join(" "),
    command: {
      command: "eigenlens.openRun",
      title: vscode.l10n.t("Open Run"),
      arguments: [row],
    },
    tooltip: runTooltip(entry, pinned, change),
    spoken: [
      runTitle(entry),
      describeOutcome(entry, vscode.l10n.t),
      formatMoment(entry.created),
      ...(change === undefined ? [] : [changeText(change)]),
    ].join(", "),
  });
}

function changeText(change: SourceChange): string {
  switch (change) {
    case "changed":
      return vscode.l10n.t("source changed");
    case "missing":
      return vscode.l10n.t("source missing");
    case "notKept":
      return vscode.l10n.t("from a notebook");
    default:
      return change satisfies never;
  }
}

/** Of the color of warnings if a re-run would be of other files. */
function iconOf(entry: RunEntry, change: SourceChange | undefined): vscode.ThemeIcon {
  const color = new vscode.ThemeColor("list.warningForeground");
  return new vscode.ThemeIcon(iconName(entry), change === "changed" ? color : undefined);
}

/** A tick only if the direction holds. */
function iconName({ verdict }: RunEntry): string {
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

/** A path, or the notebook and variable that a file held for a while. */
function placeText({ stamps }: RunEntry, path: string): string {
  const origin = stamps.find((stamp) => stamp.path === path)?.origin;
  if (origin === undefined) return path;
  return vscode.l10n.t("notebook {0}, variable {1}", origin.notebook, origin.variable);
}

function runTooltip(entry: RunEntry, pinned: boolean, change: SourceChange | undefined): string[] {
  const size = formatBytes(entry.byteLength);
  return [
    `${runTitle(entry)} · ${describeOutcome(entry, vscode.l10n.t)}`,
    ...(change === "changed"
      ? [
          vscode.l10n.t(
            "A file that this run was made from has another size or time since: re-run it, or check the files.",
          ),
        ]
      : []),
    ...(change === "notKept"
      ? [
          vscode.l10n.t(
            "Its rows were variables of a notebook, whose values are not kept: to run it again, take them from the notebook again.",
          ),
        ]
      : []),
    vscode.l10n.t("Target: {0}", placeText(entry, entry.targetPath)),
    vscode.l10n.t("Reference: {0}", placeText(entry, entry.referencePath)),
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
