import * as vscode from "vscode";
import { printable, printableLine } from "../../src/text/printable.ts";
import type { EngineLog } from "../../src/engine/channel/workerChannel.ts";

export interface Log extends EngineLog, vscode.Disposable {
  /** Brings it to the front, without the focus. */
  show(): void;
}

/** The most lines of one entry: a message, its stack and its cause's. */
const mostLines = 200;

/** The log in the Output panel: an entry is one line each, but for errors, which have their stacks. */
export function createLog(name: string): Log {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  return {
    info: (message) => channel.info(printableLine(message)),
    warn: (message) => channel.warn(printableLine(message)),
    error: (message) => channel.error(stackLines(message)),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

function stackLines(message: string): string {
  const lines = message.split(/\r?\n/, mostLines);
  return lines.map((line) => printable(line, 2000)).join("\n");
}
