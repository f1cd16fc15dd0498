import * as vscode from "vscode";
import { plainLabel, plainLine } from "./plain.ts";

interface ChoiceOptions {
  readonly title: string;
  readonly placeholder?: string | undefined;
  readonly matchOnDescription?: boolean;
  /** Of a choice in several steps: a page that gets the focus back between two of them must not close the second. */
  readonly ignoreFocusOut?: boolean;
}

/** Lets the user choose one of a few items. @returns the very item given; undefined if there is no choice */
export async function chooseOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  { title, placeholder, matchOnDescription = false, ignoreFocusOut = false }: ChoiceOptions,
): Promise<Item | undefined> {
  const shown = items.map((item) => ({ ...plainItem(item), item }));
  const picked = await vscode.window.showQuickPick(shown, {
    title: plainLabel(title),
    matchOnDescription,
    ignoreFocusOut,
    ...(placeholder === undefined ? {} : { placeHolder: plainLabel(placeholder) }),
  });
  return picked?.item;
}

/** Lets the user choose any number of items. @returns the very items given; undefined if the user gave up */
export async function chooseSeveral<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  { title, placeholder, matchOnDescription = false }: ChoiceOptions,
): Promise<readonly Item[] | undefined> {
  const shown = items.map((item) => ({ ...plainItem(item), item }));
  const picked = await vscode.window.showQuickPick(shown, {
    title: plainLabel(title),
    matchOnDescription,
    canPickMany: true,
    ...(placeholder === undefined ? {} : { placeHolder: plainLabel(placeholder) }),
  });
  return picked?.map(({ item }) => item);
}

interface TextOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands in the box at first; it is edited, and so never changed. */
  readonly value: string;
  readonly ignoreFocusOut?: boolean;
  /** What is wrong with a text; undefined if nothing is. */
  readonly fault: (text: string) => string | undefined;
}

/** Asks for a line of text. @returns undefined if the user gave up */
export async function askForText(options: TextOptions): Promise<string | undefined> {
  const { title, prompt, placeholder, value, ignoreFocusOut = false, fault } = options;
  return vscode.window.showInputBox({
    title: plainLabel(title),
    prompt: plainLine(prompt),
    value,
    ignoreFocusOut,
    ...(placeholder === undefined ? {} : { placeHolder: plainLabel(placeholder) }),
    validateInput: (text) => {
      const wrong = fault(text);
      return wrong === undefined ? undefined : plainLine(wrong);
    },
  });
}

/** An item whose texts are shown as they are; what else it carries is kept. */
export function plainItem<Item extends vscode.QuickPickItem>(item: Item): Item {
  const { label, description, detail } = item;
  return {
    ...item,
    label: plainLabel(label),
    ...(description === undefined ? {} : { description: plainLabel(description) }),
    ...(detail === undefined ? {} : { detail: plainLabel(detail) }),
  };
}
