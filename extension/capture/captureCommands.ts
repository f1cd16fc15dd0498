import * as vscode from "vscode";
import { captureScript } from "../../src/capture/captureScript.ts";
import type { CommandAction } from "../commands/register.ts";
import { takeSteps } from "../commands/steps.ts";
import { chooseLibrary } from "./captureSteps.ts";

export const captureCommands: Readonly<Record<string, CommandAction>> = {
  async newCaptureScript() {
    const options = await takeSteps(chooseLibrary());
    if (!options) return;
    // Untitled: where it is run, and so where it is kept, may be another machine.
    const document = await vscode.workspace.openTextDocument({
      language: "python",
      content: captureScript(options),
    });
    await vscode.window.showTextDocument(document);
  },
};
