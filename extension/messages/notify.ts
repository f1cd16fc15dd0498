import * as vscode from "vscode";
import { engineText } from "../words/words.ts";
import { plainLabel, plainLine } from "./plain.ts";

/** An error of one line, in the editor's language if it is the engine's. @returns the action that was pressed, if any */
export async function showError<Action extends string>(
  message: string,
  ...actions: readonly Action[]
): Promise<Action | undefined> {
  return vscode.window.showErrorMessage(plainLine(engineText(message)), ...actions);
}

/** Something worth knowing, of one line. @returns the action that was pressed, if any */
export async function showInformation<Action extends string>(
  message: string,
  ...actions: readonly Action[]
): Promise<Action | undefined> {
  return vscode.window.showInformationMessage(plainLine(message), ...actions);
}

export interface Question {
  readonly message: string;
  /** A second line, smaller. */
  readonly detail?: string;
  /** What the button says that agrees. */
  readonly agree: string;
  readonly severity: "information" | "warning";
}

/** Asks before something is done that costs or destroys. @returns whether the user agreed */
export async function confirm({ message, detail, agree, severity }: Question): Promise<boolean> {
  const text = plainLine(message);
  const options: vscode.MessageOptions = {
    modal: true,
    ...(detail === undefined ? {} : { detail: plainLine(detail) }),
  };
  const button = plainLabel(agree);
  const pressed =
    severity === "warning"
      ? await vscode.window.showWarningMessage(text, options, button)
      : await vscode.window.showInformationMessage(text, options, button);
  return pressed === button;
}
