import * as vscode from "vscode";
import { describeError, EigenlensError } from "../../src/errors.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { ToolAnswer, ToolName, ToolRequest } from "../../src/protocol/tools.ts";
import type { CallOptions } from "../../src/engine/channel/workerChannel.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { chatQuestion, chatText, toolFailure, toolResult } from "../messages/toolTexts.ts";
import { onDemand } from "../onDemand.ts";
import { optionsFromSettings } from "../settings.ts";
import { toolRoots, workspaceFolders } from "./toolRoots.ts";
import { question, workingText } from "./toolTexts.ts";

type Input = Readonly<Record<string, unknown>>;

/**
 * One of the tools, for a language model in the editor: the user confirms what is stored or written, and sees a run in the
 * same panel as always.
 */
export class EngineTool implements vscode.LanguageModelTool<Input> {
  readonly #name: ToolName;
  readonly #context: CommandContext;

  constructor(name: ToolName, context: CommandContext) {
    this.#name = name;
    this.#context = context;
  }

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<Input>): vscode.PreparedToolInvocation {
    const asked = question(this.#name, input);
    return {
      invocationMessage: chatText(workingText(this.#name, input)),
      ...(asked === undefined
        ? {}
        : {
            confirmationMessages: {
              title:
                this.#name === "run_ged"
                  ? vscode.l10n.t("Run GED Separation")
                  : vscode.l10n.t("Write a File"),
              message: chatQuestion(asked),
            },
          }),
    };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<Input>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const settings = vscode.workspace.getConfiguration("eigenlens");
    try {
      const request = {
        tool: this.#name,
        input,
        roots: await toolRoots(this.#context),
        options: optionsFromSettings((key) => settings.get(key)),
      };
      const { text, result } =
        this.#name === "run_ged"
          ? await this.#run(request, input, stop)
          : await this.#use(request, { signal: stop.signal });
      return toolResult(text, result);
    } catch (thrown) {
      // The model reads the message: it is the same line that the user would see.
      throw toolFailure(describeError(thrown).message);
    }
  }

  #use(request: ToolRequest, options: CallOptions): Promise<ToolAnswer> {
    return this.#context.engine.calls.useTool(request, options);
  }

  /** A run that the user sees and that is stored, so that the other tools can take it. */
  async #run(
    request: ToolRequest & { readonly options: GedOptions },
    input: Input,
    stop: AbortController,
  ): Promise<ToolAnswer> {
    const { requestOf } = await onDemand();
    const shown = requestOf(input, request.options, workspaceFolders()[0]);
    let answer: ToolAnswer = { text: "", result: {} };
    const outcome = await this.#context.runner.runBy(shown, stop, async (watch) => {
      const { document, ...others } = await this.#use({ ...request, keep: true }, watch);
      if (document === undefined) throw new EigenlensError("internal", "The run has no document.");
      answer = others;
      return document;
    });
    if (outcome.kind !== "done") throw new EigenlensError("usage", outcome.message);
    return { ...answer, result: { run: outcome.place, ...answer.result } };
  }
}
