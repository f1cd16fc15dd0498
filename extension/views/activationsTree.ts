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
  isMatrix,
  tensorNodes,
} from "../activations/activationNodes.ts";
import type { HeaderCache } from "../activations/headerCache.ts";
import { sourcePath, sourceUri } from "../activations/sourcePath.ts";
import { treeItem } from "../messages/treeItem.ts";
import { baseName, describeTensor } from "../naming.ts";
import { tensorUri } from "./roleDecorations.ts";

/** More files than this get their shapes only when they are expanded, so that no search reads a disk full. */
const readAtOnce = 200;

/**
 * Milliseconds that the list waits for shapes: a row that is drawn whole is not drawn anew under a press, and
 * the editor may lose the change of a row that comes while it draws the list.
 */
const headersPatience = 500;

type FileNode = Extract<ActivationNode, { kind: "file" }>;

/** The activation files of the workspace, their tensors below them; headers are read lazily. */
export class ActivationsTree implements vscode.TreeDataProvider<ActivationNode> {
  readonly #headers: HeaderCache;
  readonly #changed = new vscode.EventEmitter<ActivationNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #nodes = new Map<string, FileNode>();
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
    this.#changed.fire(undefined);
  }

  /** Marks changed: the same files with other badges. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: ActivationNode): Promise<ActivationNode[]> {
    if (!node) return this.#rootNodes();
    if (node.kind === "folder") return node.files.map((path) => this.#fileNode(path));
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
        return folderItem(node);
      case "tensor":
        return tensorItem(node);
      case "note":
        return noteItem(node);
      default:
        return node satisfies never;
    }
  }

  async #rootNodes(): Promise<ActivationNode[]> {
    const { files, folders, capped } = await this.files();
    const context = (key: string, value: boolean) =>
      vscode.commands.executeCommand("setContext", `eigenlens.${key}`, value);
    await Promise.all([
      context("activationsSearched", true),
      context("hasActivations", files.length + folders.length > 0),
    ]);
    const fileNodes = files.map((uri) => this.#fileNode(sourcePath(uri)));
    await this.#readHeaders(fileNodes.slice(0, readAtOnce));
    const nodes: ActivationNode[] = [
      ...fileNodes,
      ...folders.map((folder) => ({ kind: "folder" as const, ...folder })),
    ];
    if (capped) {
      nodes.push({
        kind: "note",
        severity: "info",
        text: vscode.l10n.t(
          "More activation files were found than are searched: open a smaller folder",
        ),
      });
    }
    return nodes;
  }

  /** Reads what is not known yet; a row whose header takes longer is drawn again when it has come. */
  async #readHeaders(nodes: readonly FileNode[]): Promise<void> {
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

  #fileItem(node: FileNode): vscode.TreeItem {
    const known = this.#headers.peek(node.path);
    const uri = sourceUri(node.path);
    const folder = vscode.workspace.asRelativePath(uri).replace(/\/?[^/]*$/, "");
    const described = describeFile(known, vscode.l10n.t);
    return treeItem({
      label: baseName(node.path),
      address: uri,
      expandable: isExpandable(node.path, known),
      icon: vscode.ThemeIcon.File,
      description: [described, folder].filter(Boolean).join(" · "),
      tooltip: fileTooltip(node.path, known, vscode.l10n.t),
      context: isMarkable(node.path, known) ? "file markable" : "file",
      spoken: `${baseName(node.path)}, ${described}`,
    });
  }
}

/** Files that nothing says belong together; their headers are read when they are expanded. */
function folderItem({ path, files }: Extract<ActivationNode, { kind: "folder" }>): vscode.TreeItem {
  const described = vscode.l10n.t("{0} files", files.length.toLocaleString("en"));
  const uri = sourceUri(path);
  return treeItem({
    label: vscode.workspace.asRelativePath(uri),
    address: uri,
    expandable: true,
    icon: vscode.ThemeIcon.Folder,
    description: described,
    tooltip: [path, described],
    context: "folder",
    spoken: `${baseName(path)}, ${described}`,
  });
}

function tensorItem({
  path,
  tensor,
}: Extract<ActivationNode, { kind: "tensor" }>): vscode.TreeItem {
  const { name, unreadable, order } = tensor;
  return treeItem({
    label: name === "" ? vscode.l10n.t("(unnamed)") : name,
    address: tensorUri(path, name),
    description: describeTensor(tensor),
    tooltip: [
      unreadable ?? `${name} ${describeTensor(tensor)}, ${order}`,
      ...(tensor.axes === undefined ? [] : [tensor.axes.reason]),
      ...(tensor.notes ?? []),
    ],
    icon: new vscode.ThemeIcon(
      unreadable ? "warning" : tensor.elementType === "text" ? "symbol-string" : "symbol-array",
    ),
    context: isMatrix(tensor) ? "tensor markable" : "tensor",
  });
}

function noteItem({ text, severity }: Extract<ActivationNode, { kind: "note" }>): vscode.TreeItem {
  return treeItem({ label: text, tooltip: [text], icon: new vscode.ThemeIcon(severity) });
}
