import * as vscode from "vscode";
import { plainLabel, plainLine, plainLines } from "./plain.ts";

export interface TreeRow {
  readonly label: string;
  readonly description?: string;
  /** One line or paragraph each. */
  readonly tooltip?: readonly string[];
  /** What a screen reader says in place of the label. */
  readonly spoken?: string;
  readonly icon?: vscode.ThemeIcon;
  /** Tells the manifest's menus what kind of row it is. */
  readonly context?: string;
  readonly id?: string;
  readonly address?: vscode.Uri;
  readonly command?: vscode.Command;
  readonly expandable?: boolean;
  /** Whether an expandable row shows what is below it from the start. */
  readonly expanded?: boolean;
}

/** A row of one of our trees. Its tooltip is text and never Markdown, in which an address is a link. */
export function treeItem(row: TreeRow): vscode.TreeItem {
  const { label, description, tooltip, spoken, icon, context, id, address, command } = row;
  const item = new vscode.TreeItem(plainLabel(label), stateOf(row));
  if (description !== undefined) item.description = plainLabel(description);
  if (tooltip !== undefined) item.tooltip = plainLines(tooltip);
  if (spoken !== undefined) item.accessibilityInformation = { label: plainLabel(spoken) };
  if (icon !== undefined) item.iconPath = icon;
  if (context !== undefined) item.contextValue = context;
  if (id !== undefined) item.id = id;
  if (address !== undefined) item.resourceUri = address;
  if (command !== undefined) item.command = command;
  return item;
}

function stateOf({ expandable, expanded }: TreeRow): vscode.TreeItemCollapsibleState {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  if (expandable !== true) return None;
  return expanded === true ? Expanded : Collapsed;
}

/** A line above the rows of a view; none if the text is undefined. */
export function setViewMessage(view: vscode.TreeView<unknown>, text: string | undefined): void {
  view.message = text === undefined ? undefined : plainLine(text);
}

/** A badge on files and rows, with words of ours under the pointer. */
export function fileDecoration(
  badge: string,
  tooltip: string,
  color: vscode.ThemeColor,
): vscode.FileDecoration {
  return new vscode.FileDecoration(badge, plainLabel(tooltip), color);
}
