import * as vscode from "vscode";
import type { CommandContext } from "../commands/commandContext.ts";
import { sourcePath } from "../activations/sourcePath.ts";
import { chatQuestion, chatText, toolFailure, toolResult } from "../messages/toolTexts.ts";
import { optionsFromSettings } from "../settings.ts";
import type { SeparationInput } from "./toolText.ts";
import { requestOf, resultLines } from "./toolText.ts";

/** Lets a language model run a separation; the user confirms, and sees the same panel as always. */
export class SeparationTool implements vscode.LanguageModelTool<SeparationInput> {
  static readonly toolName = "run_separation";
  readonly #context: CommandContext;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<SeparationInput>): vscode.PreparedToolInvocation {
    const target = String(input.target);
    const reference = String(input.reference);
    return {
      invocationMessage: chatText({
        fill: (a, b) => vscode.l10n.t("Separating {0} from {1}", a, b),
        ...{ target, reference },
      }),
      confirmationMessages: {
        title: vscode.l10n.t("Run GED Separation"),
        message: chatQuestion({
          fill: (a, b) =>
            vscode.l10n.t(
              "Read {0} (target) and {1} (reference), compute the direction that separates them, and store the run with this workspace?",
              a,
              b,
            ),
          ...{ target, reference },
        }),
      },
    };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<SeparationInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const settings = vscode.workspace.getConfiguration("eigenlens");
    const options = optionsFromSettings((key) => settings.get(key));
    const request = requestOf(input, options, folder && sourcePath(folder));
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const outcome = await this.#context.runner.run(request, undefined, stop);
    // The model reads the message: it is the same line that the user sees.
    if (outcome.kind !== "done") throw toolFailure(outcome.message);
    return toolResult(resultLines(outcome.summary));
  }
}
