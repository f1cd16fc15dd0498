import * as vscode from "vscode";
import { pageLength, isMatrix, type ActivationNode } from "../activations/activationNodes.ts";
import { isNameable } from "../activations/openAxes.ts";
import { engineText } from "../words/words.ts";
import { sourceUri } from "../activations/sourcePath.ts";
import { treeItem } from "../messages/treeItem.ts";
import { baseName } from "../naming.ts";
import { axesReason, describeTensor } from "../../src/protocol/words/shapes.ts";
import { tensorUri } from "./roleDecorations.ts";

/**
 * Files that nothing says belong together; their headers are read when they are shown.
 * @param expanded whether they are shown from the start
 */
export function folderItem(
  { path, files }: Extract<ActivationNode, { kind: "folder" }>,
  expanded: boolean,
): vscode.TreeItem {
  const described =
    files.length === 1
      ? vscode.l10n.t("1 file")
      : vscode.l10n.t("{0} files", files.length.toLocaleString("en"));
  const uri = sourceUri(path);
  return treeItem({
    label: vscode.workspace.asRelativePath(uri),
    address: uri,
    expandable: true,
    expanded,
    icon: vscode.ThemeIcon.Folder,
    description: described,
    tooltip: [path, described],
    context: "folder",
    id: `folder:${path}`,
    spoken: `${baseName(path)}, ${described}`,
  });
}

/** The rest of a long list: a press shows the next rows of it. */
export function moreItem(node: Extract<ActivationNode, { kind: "more" }>): vscode.TreeItem {
  const next = Math.min(pageLength, node.left);
  const label = vscode.l10n.t("Show {0} more", next.toLocaleString("en"));
  const description = vscode.l10n.t("{0} are not shown", node.left.toLocaleString("en"));
  return treeItem({
    label,
    description,
    tooltip: [`${label} (${description})`],
    icon: new vscode.ThemeIcon("ellipsis"),
    context: "more",
    spoken: `${label}, ${description}`,
    command: { command: "eigenlens.showMoreFiles", title: label, arguments: [node] },
  });
}

export function tensorItem({
  path,
  tensor,
}: Extract<ActivationNode, { kind: "tensor" }>): vscode.TreeItem {
  const { name, unreadable, order } = tensor;
  const axes = axesReason(tensor, engineText);
  const kinds = [
    ...(isMatrix(tensor) ? ["markable"] : []),
    ...(isNameable(tensor) ? ["nameable"] : []),
  ];
  return treeItem({
    label: name === "" ? vscode.l10n.t("(unnamed)") : name,
    address: tensorUri(path, name),
    description: describeTensor(tensor),
    tooltip: [
      unreadable ?? `${name} ${describeTensor(tensor)}, ${order}`,
      ...(axes === undefined ? [] : [axes]),
      ...(tensor.notes ?? []),
    ],
    icon: new vscode.ThemeIcon(
      unreadable ? "warning" : tensor.elementType === "text" ? "symbol-string" : "symbol-array",
    ),
    context: ["tensor", ...kinds].join(" "),
  });
}

export function noteItem({
  text,
  severity,
}: Extract<ActivationNode, { kind: "note" }>): vscode.TreeItem {
  return treeItem({ label: text, tooltip: [text], icon: new vscode.ThemeIcon(severity) });
}
