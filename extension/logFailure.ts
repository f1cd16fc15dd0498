import { describeError, EigenlensError } from "../src/errors.ts";
import type { EngineLog } from "../src/engine/channel/workerChannel.ts";

/**
 * Logs whatever was thrown: our own errors say all in their line (and a worker's stack is in the log
 * already), anything else needs its stack.
 */
export function logFailure(log: EngineLog, thrown: unknown): void {
  const { code, message } = describeError(thrown);
  const explained = thrown instanceof EigenlensError && code !== "internal";
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.stack : "";
  log.error(explained ? [message, cause].filter(Boolean).join("\n") : (stack ?? message));
}
