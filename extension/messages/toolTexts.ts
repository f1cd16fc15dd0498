import * as vscode from "vscode";
import { asCode } from "./markdown.ts";
import { plainLine, plainLines } from "./plain.ts";

interface ToolQuestion {
  /** A text of ours with `{0}`, `{1}`, in which names stand as code. */
  readonly fill: (target: string, reference: string) => string;
  readonly target: string;
  readonly reference: string;
}

/** A text in a chat, which reads Markdown: nothing in the names is live. */
export function chatText({ fill, target, reference }: ToolQuestion): string {
  return fill(asCode(target), asCode(reference));
}

/** {@link chatText} for where the chat asks the user. */
export function chatQuestion(question: ToolQuestion): vscode.MarkdownString {
  return new vscode.MarkdownString(chatText(question));
}

/** What a tool answers to the language model. */
export function toolResult(lines: readonly string[]): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([
    new vscode.LanguageModelTextPart(plainLines(lines, 2000)),
  ]);
}

/** What the language model is told of a failure. */
export function toolFailure(message: string): Error {
  return new Error(plainLine(message));
}
