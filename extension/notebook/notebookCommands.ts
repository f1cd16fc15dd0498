import * as vscode from "vscode";
import { listVariables } from "../../src/notebook/listVariables.ts";
import type { NotebookKernel } from "../../src/notebook/kernel.ts";
import { choiceServices } from "../commands/choiceServices.ts";
import { chooseConditions, completeSources } from "../commands/choosing/chooseConditions.ts";
import { separationTexts } from "../commands/choosing/choiceTexts.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { namedPair, type ConditionPair } from "../commands/conditionPair.ts";
import type { CommandAction } from "../commands/register.ts";
import { confirm } from "../messages/notify.ts";
import { newResultView } from "../panels/newResultView.ts";
import { requestTitle } from "../runs/separationRunner.ts";
import { optionsFromSettings } from "../settings.ts";
import { chooseNotebook, clickedVariable } from "./chooseNotebook.ts";
import { chooseVariables, type ChosenVariables } from "./chooseVariables.ts";
import { copyVariables } from "./copyVariables.ts";
import { notebookName, openKernel } from "./jupyter.ts";
import { knownCapture } from "./knownCapture.ts";

export const notebookCommands: Readonly<Record<string, CommandAction>> = {
  /** From the palette, or with the variable on which the Jupyter extension's view was opened. */
  async runNotebookVariables(context, value) {
    const clicked = clickedVariable(value);
    const title = vscode.l10n.t("Run GED Separation on Notebook Variables");
    const notebook = await chooseNotebook(title, clicked);
    if (!notebook) return;
    const kernel = await openKernel(notebook);
    if (!(await agreesToAsk(context, kernel.notebook))) return;
    const variables = await listVariables(kernel, new AbortController().signal);
    const chosen = await chooseVariables(title, kernel.notebook, variables, clicked);
    if (chosen) await copyAndRun(context, notebook, kernel, chosen);
  },
};

/** The copies go with the panel of the run: until then it can be validated, swapped and made again. */
async function copyAndRun(
  context: CommandContext,
  notebook: vscode.NotebookDocument,
  kernel: NotebookKernel,
  { target, reference }: ChosenVariables,
): Promise<void> {
  const folder = await context.notebookFolders.make();
  let kept = false;
  try {
    const variables = reference === undefined ? [target] : [target, reference];
    const known = { ...knownCapture(context.extension, notebookName(notebook)) };
    const paths = await copyVariables(kernel, variables, folder.path, known);
    const pair = await complete(
      context,
      paths,
      variables.map(({ name }) => name),
    );
    if (!pair) return;
    const settings = vscode.workspace.getConfiguration("eigenlens", notebook.uri);
    const request = { ...pair, options: optionsFromSettings((key) => settings.get(key)) };
    const view = newResultView(requestTitle(request), context.panels);
    view.goesWith(folder);
    kept = true;
    await context.runner.run(request, view);
  } finally {
    if (!kept) folder.dispose();
  }
}

/** Asks for what the variables leave open: the axes, the token, or the column that divides the rows of one. */
function complete(
  context: CommandContext,
  [target, reference]: readonly string[],
  [targetName, referenceName]: readonly string[],
): Promise<ConditionPair | undefined> {
  const services = choiceServices(context, separationTexts());
  if (target === undefined || targetName === undefined) return Promise.resolve(undefined);
  if (reference === undefined || referenceName === undefined) {
    return chooseConditions(services, [target]);
  }
  const pair = namedPair(
    { path: target, tensor: targetName },
    { path: reference, tensor: referenceName },
  );
  return completeSources(services, pair);
}

/** Once, in our own words, before the Jupyter extension asks in its. */
async function agreesToAsk({ extension }: CommandContext, notebook: string): Promise<boolean> {
  const key = "eigenlens.notebooksExplained";
  if (extension.globalState.get(key) === true) return true;
  const agreed = await confirm({
    severity: "information",
    message: vscode.l10n.t("Run a few lines of Python in the kernel of {0}?", notebook),
    detail: vscode.l10n.t(
      "They list its arrays and copy the two that you choose into a temporary file, which is removed with the panel of the run. They change no variable, and nothing leaves your machines. The Jupyter extension asks once whether Eigenlens may.",
    ),
    agree: vscode.l10n.t("Run"),
  });
  if (agreed) await extension.globalState.update(key, true);
  return agreed;
}
