import * as vscode from "vscode";
import { promptExtensions } from "../../src/capture/checkOptions.ts";
import { pick } from "../messages/pick.ts";
import type { StepPlace } from "../commands/steps.ts";

const mostFiles = 200;

/**
 * Lets the user choose a file of prompts of the workspace, relative to its folder: the script is run from there.
 * @returns without a path if it is another file
 */
export async function choosePromptFile(
  title: string,
  place: StepPlace,
): Promise<{ readonly path?: string } | "back" | undefined> {
  const found = await vscode.workspace.findFiles(
    `**/*.{${promptExtensions.join(",")}}`,
    "**/{node_modules,.*}/**",
    mostFiles,
  );
  const paths = found.map((file) => vscode.workspace.asRelativePath(file, false)).sort();
  const chosen = await pick<{ readonly path?: string }>({
    title,
    placeholder: vscode.l10n.t("The file of prompts, with a column or list for each condition"),
    place,
    items: [
      ...paths.map((path) => ({ label: path, value: { path } })),
      { label: vscode.l10n.t("Another file..."), value: {} },
    ],
  });
  return chosen === undefined || chosen === "back" ? chosen : chosen.value;
}
