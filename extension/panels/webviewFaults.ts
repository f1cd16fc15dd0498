import type { EngineLog } from "../engine/workerChannel.ts";

/** Logs an exception that a webview reported of itself. @param name of the webview, for the log */
export function logWebviewFault(
  log: EngineLog,
  name: string,
  { message, stack }: { readonly message: string; readonly stack?: string },
): void {
  log.error(`${name}: ${message}${stack ? `\n${stack}` : ""}`);
}

/** A message of an unknown kind (another version's webview) is worth a line and no more. */
export function logUnknownMessage(log: EngineLog, name: string, message: object): void {
  const kind = JSON.stringify(Reflect.get(message, "kind"));
  log.warn(`${name}: a message of the unknown kind ${kind} was ignored.`);
}
