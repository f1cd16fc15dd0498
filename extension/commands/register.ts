import * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import { logFailure } from "../logFailure.ts";
import { offerLog } from "../runs/separationRunner.ts";
import type { CommandContext } from "./commandContext.ts";

export type CommandAction = (context: CommandContext, ...args: unknown[]) => unknown;

/** Registers commands below `eigenlens.`; one that fails says so in one line, its stack goes to the log. */
export function registerCommands(
  context: CommandContext,
  actions: Readonly<Record<string, CommandAction>>,
): void {
  for (const [name, action] of Object.entries(actions)) {
    const run = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await action(context, ...args);
      } catch (thrown) {
        const { code, message } = describeError(thrown);
        if (code === "cancelled") return undefined;
        logFailure(context.log, thrown);
        void offerLog(message);
        return undefined;
      }
    };
    context.extension.subscriptions.push(vscode.commands.registerCommand(`eigenlens.${name}`, run));
  }
}
