import { printable } from "../../src/text/printable.ts";
import type { EngineLog } from "../../src/engine/channel/workerChannel.ts";
import { fieldsOf } from "./fields.ts";

/** Logs an exception that a webview reported of itself. @param name of the webview, for the log */
export function logWebviewFault(
  log: EngineLog,
  name: string,
  { message, stack }: { readonly message: string; readonly stack?: string },
): void {
  log.error(`${name}: ${message}${stack ? `\n${stack}` : ""}`);
}

/** A message that the protocol does not know (another version's webview) is worth a line and no more. */
export function logUnknownMessage(log: EngineLog, name: string, message: unknown): void {
  const { kind, command } = fieldsOf(message) ?? {};
  const words = [kind, command].filter((word) => typeof word === "string");
  const shown = words.map((word) => JSON.stringify(printable(word, 60))).join(" ");
  log.warn(`${name}: a message that is not of the protocol was ignored (${shown || "no kind"}).`);
}
