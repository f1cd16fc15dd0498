// The extension with which tests call language-model tools as a chat does, through the editor's own API.
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";

/** A tool and its input, as `calls.json` lists them. */
export interface ToolCall {
  readonly name: string;
  readonly input: object;
}

/** What came of a call: the texts of the result, or the message of what was thrown. */
export interface CallAnswer {
  readonly texts?: readonly string[];
  readonly error?: string;
}

/** What is left in `answers.json`. */
export interface CallAnswers {
  /** All tools that the editor knows. */
  readonly tools: readonly string[];
  readonly answers: readonly CallAnswer[];
}

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.commands.registerCommand("caller.call", callAll));
}

async function callAll(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const calls = JSON.parse(await readFile(join(folder, "calls.json"), "utf8")) as ToolCall[];
  const answers: CallAnswer[] = [];
  for (const each of calls) answers.push(await answerOf(each));
  const tools = vscode.lm.tools.map(({ name }) => name);
  const content: CallAnswers = { tools, answers };
  // Under its name only once it is whole: the test waits for it.
  await writeFile(join(folder, "answers.tmp"), JSON.stringify(content));
  await rename(join(folder, "answers.tmp"), join(folder, "answers.json"));
}

async function answerOf({ name, input }: ToolCall): Promise<CallAnswer> {
  try {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return {
      texts: content.map((part) =>
        part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part),
      ),
    };
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
