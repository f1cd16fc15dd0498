import * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import { lookup } from "../../src/lookup.ts";
import { logFailure } from "../logFailure.ts";
import { offerLog } from "../messages/offerLog.ts";
import type { CommandContext } from "./commandContext.ts";

export type CommandAction = (context: CommandContext, ...args: unknown[]) => unknown;

/** What of the manifest the host gives back; its type says nothing of it. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Registers every command of the manifest; one that fails says so in one line, its stack goes to the log.
 * @param load gives the actions by what follows `eigenlens.` in a command's name; called when a command first runs
 */
export function registerCommands(
  context: CommandContext,
  load: () => Promise<Readonly<Record<string, CommandAction>>>,
): void {
  const { extension, subscriptions } = context.extension;
  const { contributes } = extension.packageJSON as Manifest;
  for (const { command } of contributes.commands) {
    const name = command.replace(/^eigenlens\./, "");
    const run = async (...args: unknown[]): Promise<unknown> => {
      try {
        const action = lookup(await load(), name);
        if (action === undefined) throw new Error(`${command} is not made yet.`);
        return await action(context, ...args);
      } catch (thrown) {
        const { code, message } = describeError(thrown);
        if (code === "cancelled") return undefined;
        logFailure(context.log, thrown);
        void offerLog(message);
        return undefined;
      }
    };
    subscriptions.push(vscode.commands.registerCommand(command, run));
  }
}
