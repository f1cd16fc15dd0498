import * as vscode from "vscode";
import { excludedPattern } from "../activations/fileTypes.ts";
import { shortenPath, sourcePath } from "../activations/sourcePath.ts";
import { chooseOne } from "../messages/choice.ts";
import { browse } from "./browse.ts";

/** More files of results than these are looked for by hand. */
const mostFiles = 50;

/** The files of results that scripts wrote in the workspace, by name. */
export async function findResults(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles("**/*.steering.json", excludedPattern, mostFiles);
  return found.map(sourcePath).sort();
}

/** Asks for a file of results: one of the workspace, or any. @returns undefined if the user gave up */
export async function chooseResults(): Promise<string | undefined> {
  const title = vscode.l10n.t("Results of the Python check");
  const dialog = { title, filters: { "steering.json": ["json"] } };
  const found = (await findResults()).map((path) => ({ label: shortenPath(path), path }));
  if (found.length === 0) return browse(dialog);
  const other = { label: vscode.l10n.t("Browse..."), path: undefined };
  const chosen = await chooseOne([...found, other], { title, ignoreFocusOut: true });
  return chosen && (chosen.path ?? browse(dialog));
}
