import * as vscode from "vscode";
import type { CommandContext } from "../commandContext.ts";
import type { ConditionPair } from "../conditionPair.ts";

const key = "eigenlens.lastChoice";

/** The two conditions of the last run in this workspace. */
export function lastChoice({ extension }: Pick<CommandContext, "extension">) {
  return extension.workspaceState.get<ConditionPair>(key);
}

export async function rememberChoice(context: CommandContext, pair: ConditionPair): Promise<void> {
  await context.extension.workspaceState.update(key, pair);
  await tellLastChoice(context);
}

/** Whether there is a choice to repeat, for the manifest's conditions. */
export async function tellLastChoice(context: CommandContext): Promise<void> {
  const known = lastChoice(context) !== undefined;
  await vscode.commands.executeCommand("setContext", "eigenlens.hasLastChoice", known);
}
