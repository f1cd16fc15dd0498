import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { chooseOne } from "../messages/choice.ts";
import { notebookName } from "./jupyter.ts";

/** A variable on which the Jupyter extension's view of variables called the command. */
export interface ClickedVariable {
  readonly name: string;
  /** Of its notebook, if the view says it. */
  readonly notebook?: vscode.Uri;
}

/** @returns undefined if the command was called by itself */
export function clickedVariable(value: unknown): ClickedVariable | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  // The view passes the variable, and passed `{ variable }` before.
  const inner: unknown = Reflect.get(value, "variable");
  if (typeof inner === "object" && inner !== null) return clickedVariable(inner);
  const name: unknown = Reflect.get(value, "name");
  if (typeof name !== "string") return undefined;
  const file: unknown = Reflect.get(value, "fileName");
  return { name, ...(file instanceof vscode.Uri ? { notebook: file } : {}) };
}

/** Those whose cells a kernel of Jupyter runs. */
export function openNotebooks(): readonly vscode.NotebookDocument[] {
  return vscode.workspace.notebookDocuments.filter(({ notebookType }) =>
    ["jupyter-notebook", "interactive"].includes(notebookType),
  );
}

/**
 * The notebook that is meant: that of the variable, the one in front, the only one, or the one that is chosen.
 * @returns undefined if the user chose none
 * @throws EigenlensError "usage" if none is open
 */
export async function chooseNotebook(
  title: string,
  clicked: ClickedVariable | undefined,
): Promise<vscode.NotebookDocument | undefined> {
  const notebooks = openNotebooks();
  const named = notebooks.find(({ uri }) => uri.toString() === clicked?.notebook?.toString());
  if (named) return named;
  const active = vscode.window.activeNotebookEditor?.notebook;
  if (active !== undefined && notebooks.includes(active)) return active;
  const [first] = notebooks;
  if (first === undefined) {
    throw new EigenlensError(
      "usage",
      vscode.l10n.t("No notebook is open: open one, run its cells and try again."),
    );
  }
  if (notebooks.length === 1) return first;
  const items = notebooks.map((notebook) => ({ label: notebookName(notebook), notebook }));
  const placeholder = vscode.l10n.t("The notebook whose variables are to be compared");
  return (await chooseOne(items, { title, placeholder }))?.notebook;
}
