import type * as vscode from "vscode";
import type { EigenlensApi } from "../src/tools/api/api.ts";
import { createApi } from "./api/createApi.ts";
import type { CommandContext } from "./commands/commandContext.ts";
import { logFailure } from "./logFailure.ts";
import { onDemand } from "./onDemand.ts";
import { registerAll } from "./registrations.ts";
import { createContext } from "./services.ts";
import { workspaceFolders } from "./tool/toolRoots.ts";
import { writeNumbersAsTexts } from "./words/words.ts";

/**
 * Called once, when a command, view, panel or the workspace's files first want the extension.
 * @returns what other extensions may call
 */
export function activate(extension: vscode.ExtensionContext): EigenlensApi {
  writeNumbersAsTexts();
  const context = createContext(extension);
  registerAll(context);
  const autorun = process.env["EIGENLENS_AUTORUN"];
  if (autorun) runOnce(context, autorun);
  return createApi(context.engine, () => workspaceFolders()[0]);
}

/** A second window, or a reload, is given the same environment and must not run it again. */
function runOnce(context: CommandContext, autorun: string): void {
  const key = "eigenlens.autorun";
  // The parent is the editor itself: another start of it has another number.
  const start = `${process.ppid} ${autorun}`;
  const { globalState } = context.extension;
  if (globalState.get(key) === start) return;
  Promise.resolve(globalState.update(key, start))
    .then(onDemand)
    .then(({ runFromEnvironment }) => runFromEnvironment(context, autorun))
    .catch((thrown: unknown) => {
      logFailure(context.log, thrown);
    });
}
