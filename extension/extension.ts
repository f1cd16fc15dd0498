import type * as vscode from "vscode";
import { runFromEnvironment } from "./commands/runCommands.ts";
import { logFailure } from "./logFailure.ts";
import { registerAll } from "./registrations.ts";
import { createContext } from "./services.ts";

/** Called once, when a command, view, panel or the workspace's files first want the extension. */
export function activate(extension: vscode.ExtensionContext): void {
  const context = createContext(extension);
  registerAll(context);
  const autorun = process.env["EIGENLENS_AUTORUN"];
  if (autorun) {
    // Once: a second window of the same start must not run it again.
    delete process.env["EIGENLENS_AUTORUN"];
    runFromEnvironment(context, autorun).catch((thrown: unknown) => {
      logFailure(context.log, thrown);
    });
  }
}
