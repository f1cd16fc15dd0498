import * as vscode from "vscode";
import { harmlessJson } from "../../src/text/harmlessJson.ts";
import { asCode } from "./markdown.ts";
import { plainLine, plainLines } from "./plain.ts";

/** A text of ours with `{0}`, `{1}`, ..., and the names that stand there as code. */
export interface ToolText {
  readonly fill: (...names: string[]) => string;
  readonly names: readonly string[];
}

/** A text in a chat, which reads Markdown: nothing in the names is live. */
export function chatText({ fill, names }: ToolText): string {
  return fill(...names.map(asCode));
}

/** {@link chatText} for where the chat asks the user. */
export function chatQuestion(question: ToolText): vscode.MarkdownString {
  return new vscode.MarkdownString(chatText(question));
}

/** What a tool answers to the language model: a few lines, then the same as JSON. */
export function toolResult(
  text: string,
  result: Readonly<Record<string, unknown>>,
): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([
    new vscode.LanguageModelTextPart(plainLines(text.split("\n"), 2000)),
    new vscode.LanguageModelTextPart(harmlessJson(result)),
  ]);
}

/** What the language model is told of a failure. */
export function toolFailure(message: string): Error {
  return new Error(plainLine(message));
}
