import * as vscode from "vscode";
import { setTimeout as elapse } from "node:timers/promises";
import { findActivationFiles, type FindContainers } from "../activations/workspaceFiles.ts";
import type { WorkspaceFiles } from "../activations/workspaceFiles.ts";
import type { ActivationNode } from "../activations/activationNodes.ts";
import {
  describeFile,
  fileTooltip,
  isExpandable,
  isMarkable,
  pageLength,
  pageOf,
  tensorNodes,
} from "../activations/activationNodes.ts";
import { parentOf, type FileFolder } from "../activations/groupFiles.ts";
import type { HeaderCache, KnownFile } from "../activations/headerCache.ts";
import { isNameable } from "../activations/openAxes.ts";
import { sourceUri } from "../activations/sourcePath.ts";
import { naturalOrder } from "../../src/activations/folders/naturalOrder.ts";
import { treeItem } from "../messages/treeItem.ts";
import { baseName } from "../naming.ts";
import { folderItem, moreItem, noteItem, tensorItem } from "./activationItems.ts";

/** More files than this get their shapes only when they are expanded, so that no search reads a disk full. */
const readAtOnce = 200;

/** Folders of so many files are open from the start. */
const mostOpened = 20;

/**
 * Milliseconds that the list waits for shapes: a row that is drawn whole is not drawn anew under a press, and
 * the editor may lose the change of a row that comes while it draws the list.
 */
const headersPatience = 500;

type FileNode = Extract<ActivationNode, { kind: "file" }>;
type FolderNode = Extract<ActivationNode, { kind: "folder" }>;

/** The activation files of the workspace, their tensors below them; headers are read lazily. */
export class ActivationsTree implements vscode.TreeDataProvider<ActivationNode> {
  readonly #headers: HeaderCache;
  readonly #changed = new vscode.EventEmitter<ActivationNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new Map<string, FileNode>();
  readonly #folders = new Map<string, FolderNode>();
  #containers: ReadonlySet<string> = new Set();
  /** How many rows of a long list are shown, by {@link ActivationNode} `list`. */
  readonly #shown = new Map<string, number>();
  #found: Promise<WorkspaceFiles> | undefined;
  #view: vscode.TreeView<ActivationNode> | undefined;

  readonly #findContainers: FindContainers;

  /** @param findContainers tells which folders are one container each */
  constructor(headers: HeaderCache, findContainers: FindContainers) {
    this.#findContainers = findContainers;
    this.#headers = headers;
  }

  /** The view that shows it, whose selection commands ask for. */
  showIn(view: vscode.TreeView<ActivationNode>): void {
    this.#view = view;
  }

  get selection(): readonly ActivationNode[] {
    return this.#view?.selection ?? [];
  }

  /** The files as last searched. */
  files(): Promise<WorkspaceFiles> {
    this.#found ??= findActivationFiles(this.#findContainers);
    return this.#found;
  }

  /** Searches again and reads every header anew. */
  refresh(): void {
    this.#headers.clear();
    this.searchAgain();
  }

  /** Searches again; headers already read are kept. */
  searchAgain(): void {
    this.#found = undefined;
    this.#nodes.clear();
    this.#folders.clear();
    this.#changed.fire(undefined);
  }

  /** Shows the next rows of a long list. */
  showMore({ list }: Extract<ActivationNode, { kind: "more" }>): void {
    this.#shown.set(list, this.#shownOf(list) + pageLength);
    this.#changed.fire(this.#folders.get(list));
  }

  #shownOf(list: string): number {
    return this.#shown.get(list) ?? pageLength;
  }

  /** Marks changed: the same files with other badges. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: ActivationNode): Promise<ActivationNode[]> {
    if (!node) return this.#rootNodes();
    if (node.kind === "folder") return this.#folderNodes(node);
    if (node.kind !== "file") return [];
    const known = await this.#headers.read(node.path);
    if (!known) return [];
    if ("failure" in known) return [{ kind: "note", severity: "error", text: known.failure }];
    return tensorNodes(known.summary, vscode.l10n.t);
  }

  getTreeItem(node: ActivationNode): vscode.TreeItem {
    switch (node.kind) {
      case "file":
        return this.#fileItem(node);
      case "folder":
        return folderItem(node, node.files.length <= mostOpened);
      case "more":
        return moreItem(node);
      case "tensor":
        return tensorItem(node);
      case "note":
        return noteItem(node);
      default:
        return node satisfies never;
    }
  }

  async #rootNodes(): Promise<ActivationNode[]> {
    const { loose, containers, folders, capped } = await this.files();
    const context = (key: string, value: boolean) =>
      vscode.commands.executeCommand("setContext", `eigenlens.${key}`, value);
    this.#containers = new Set(containers);
    const nodes = [
      ...[...loose, ...containers].map((path) => this.#fileNode(path)),
      ...folders.map((folder) => this.#folderNode(folder)),
    ].sort((a, b) => naturalOrder(a.path, b.path));
    await Promise.all([
      context("activationsSearched", true),
      context("hasActivations", nodes.length > 0),
    ]);
    const shown: ActivationNode[] = pageOf(nodes, "", this.#shownOf(""));
    await this.#readHeaders(shown);
    if (capped) {
      shown.push({
        kind: "note",
        severity: "info",
        text: vscode.l10n.t(
          "More activation files were found than are searched: open a smaller folder",
        ),
      });
    }
    return shown;
  }

  async #folderNodes({ path, files }: FolderNode): Promise<ActivationNode[]> {
    const nodes = files.map((file) => this.#fileNode(file));
    const shown = pageOf(nodes, path, this.#shownOf(path));
    await this.#readHeaders(shown);
    return shown;
  }

  /** Reads what is not known yet; a row whose header takes longer is drawn again when it has come. */
  async #readHeaders(shown: readonly ActivationNode[]): Promise<void> {
    const nodes = shown.filter((node) => node.kind === "file").slice(0, readAtOnce);
    const unknown = () => nodes.filter(({ path }) => this.#headers.peek(path) === undefined);
    const reading = Promise.all(unknown().map(({ path }) => this.#headers.read(path)));
    await Promise.race([reading, elapse(headersPatience, undefined, { ref: false })]);
    for (const node of unknown()) {
      void this.#headers.read(node.path).then(() => this.#changed.fire(node));
    }
  }

  /** The same object for the same file, so that a change can be told of it. */
  #fileNode(path: string): FileNode {
    const known = this.#nodes.get(path);
    if (known) return known;
    const node: FileNode = { kind: "file", path };
    this.#nodes.set(path, node);
    return node;
  }

  #folderNode(folder: FileFolder): FolderNode {
    const node: FolderNode = { kind: "folder", ...folder };
    this.#folders.set(folder.path, node);
    return node;
  }

  #fileItem(node: FileNode): vscode.TreeItem {
    const known = this.#headers.peek(node.path);
    const uri = sourceUri(node.path);
    const described = describeFile(known, vscode.l10n.t);
    // Below a row of its folder a file needs no more than its name.
    const isBelow = this.#folders.has(parentOf(node.path));
    const folder = isBelow ? "" : vscode.workspace.asRelativePath(uri).replace(/\/?[^/]*$/, "");
    return treeItem({
      label: baseName(node.path),
      address: uri,
      expandable: isExpandable(node.path, known),
      icon: this.#containers.has(node.path) ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File,
      description: [described, folder].filter(Boolean).join(" · "),
      tooltip: fileTooltip(node.path, known, vscode.l10n.t),
      context: fileContext(node.path, known),
      spoken: `${baseName(node.path)}, ${described}`,
    });
  }
}

/** What the menus of a file's row may offer; of a container its tensors' rows offer more. */
function fileContext(path: string, known: KnownFile): string {
  const kinds = ["file"];
  if (isMarkable(path, known)) kinds.push("markable");
  const only = known && "summary" in known && known.summary.tensors.length === 1;
  if (only && known.summary.tensors.every(isNameable)) kinds.push("nameable");
  return kinds.join(" ");
}
