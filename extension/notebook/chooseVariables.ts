import * as vscode from "vscode";
import { EigenlensError } from "../../src/errors.ts";
import { checkUsable, type NotebookVariable } from "../../src/notebook/listVariables.ts";
import { formatBytes } from "../../src/protocol/words/numbers.ts";
import { separationTexts } from "../commands/choosing/choiceTexts.ts";
import { chooseOne } from "../messages/choice.ts";
import { describeShape } from "../../src/protocol/words/shapes.ts";
import type { ClickedVariable } from "./chooseNotebook.ts";

/** Two variables, or one whose rows a column divides. */
export interface ChosenVariables {
  readonly target: NotebookVariable;
  readonly reference?: NotebookVariable;
}

/**
 * Asks which variable is target and which is reference.
 * @param clicked is the target
 * @returns undefined if the user gave up
 * @throws EigenlensError "condition" if there are no two, or what was clicked is no array
 */
export async function chooseVariables(
  title: string,
  notebook: string,
  variables: readonly NotebookVariable[],
  clicked: ClickedVariable | undefined,
): Promise<ChosenVariables | undefined> {
  const usable = variables.filter(({ problem }) => problem === null);
  const texts = separationTexts();
  const target = clicked
    ? clickedAmong(variables, clicked, notebook)
    : (await choose(title, texts.target, listed(usable, notebook).map(item)))?.variable;
  if (target === undefined) return undefined;
  const others = usable.filter(({ name }) => name !== target.name);
  const fits = (other: NotebookVariable) => other.shape.at(-1) === target.shape.at(-1);
  const ordered = [...others.filter(fits), ...others.filter((other) => !fits(other))];
  const items: Item[] = ordered.map(item);
  if (target.columns > 0) {
    items.push({ label: vscode.l10n.t("Choose both in {0}...", target.name), variable: target });
  }
  if (items.length === 0) throw tooFew(notebook);
  const reference = (await choose(title, texts.reference(target.name), items))?.variable;
  if (reference === undefined) return undefined;
  return reference === target ? { target } : { target, reference };
}

function clickedAmong(
  variables: readonly NotebookVariable[],
  { name }: ClickedVariable,
  notebook: string,
): NotebookVariable {
  const found = variables.find((variable) => variable.name === name);
  if (found === undefined) {
    throw new EigenlensError(
      "condition",
      vscode.l10n.t(
        "{0} in {1} is no ndarray, Tensor, jax Array or DataFrame: make it one, such as by numpy.asarray.",
        name,
        notebook,
      ),
    );
  }
  checkUsable(found);
  return found;
}

/** Two at least, or one whose rows have texts; else the first line says what is wrong with those that are there. */
function listed(usable: readonly NotebookVariable[], notebook: string) {
  if (usable.length > 1 || usable.some(({ columns }) => columns > 0)) return usable;
  throw tooFew(notebook);
}

function tooFew(notebook: string): EigenlensError {
  return new EigenlensError(
    "condition",
    vscode.l10n.t(
      "{0} has no two arrays of rows and neurons in memory: run the cells that make them, then try again.",
      notebook,
    ),
  );
}

interface Item extends vscode.QuickPickItem {
  readonly variable: NotebookVariable;
}

function item(variable: NotebookVariable): Item {
  const { name, kind, dtype, shape, bytes } = variable;
  return {
    label: name,
    description: `${describeShape({ shape })} ${dtype}, ${kind}, ${formatBytes(bytes)}`,
    variable,
  };
}

function choose(title: string, placeholder: string, items: readonly Item[]) {
  return chooseOne(items, { title, placeholder, matchOnDescription: true });
}
