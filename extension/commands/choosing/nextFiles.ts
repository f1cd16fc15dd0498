import * as vscode from "vscode";
import { isActivationPath } from "../../activations/fileTypes.ts";
import { sourcePath, sourceUri } from "../../activations/sourcePath.ts";
import { activationPaths } from "../choiceServices.ts";
import { chosenPaths } from "./chosenPaths.ts";
import type { CommandContext } from "../commandContext.ts";
import type { ConditionPair } from "../conditionPair.ts";

/** Where the key binding of the manifest was pressed. */
interface KeyPressed {
  readonly from: "explorer" | "activations" | "editor";
}

/**
 * The files that the user means by "the next": those a menu was opened on, those selected where the key was
 * pressed, or the activation file that is open; none if nothing says it.
 * @param last the choice to repeat: a file of it that is still open is not the next
 * @param clicked what the command was called with
 */
export async function nextFiles(
  context: CommandContext,
  last: ConditionPair | undefined,
  clicked: unknown,
  all: unknown,
): Promise<string[]> {
  if (!isKeyPressed(clicked)) {
    return clicked === undefined ? openActivationFile(last) : chosenPaths(clicked, all);
  }
  switch (clicked.from) {
    case "explorer":
      return chosenPaths(undefined, await selectedInExplorer(context));
    case "activations": {
      const { selection } = context.activations;
      return chosenPaths(selection[0], selection);
    }
    case "editor":
      return openActivationFile(last);
    default:
      return clicked.from satisfies never;
  }
}

function isKeyPressed(value: unknown): value is KeyPressed {
  return (
    typeof value === "object" &&
    value !== null &&
    "from" in value &&
    (value.from === "explorer" || value.from === "activations" || value.from === "editor")
  );
}

/** The active tab, where it shows a file of activations in whatever editor. */
function openActivationFile(last: ConditionPair | undefined): string[] {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText)) return [];
  const path = sourcePath(input.uri);
  const ofLast = path === last?.target.path || path === last?.reference.path;
  return isActivationPath(path) && !ofLast ? [path] : [];
}

/**
 * The files selected in the explorer. VS Code tells them to an extension only through the clipboard, whose
 * text is put back afterwards.
 */
async function selectedInExplorer(context: CommandContext): Promise<vscode.Uri[]> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  let copied: string;
  try {
    await vscode.commands.executeCommand("copyFilePath");
    copied = await clipboard.readText();
  } finally {
    await clipboard.writeText(before);
  }
  const known = (await activationPaths(context)).map(sourceUri);
  return copied
    .split(/\r?\n/)
    .filter(isActivationPath)
    .map(
      (path) =>
        // Files of a virtual workspace are copied without their scheme.
        known.find((uri) => uri.fsPath === path || uri.path === path) ?? vscode.Uri.file(path),
    );
}
