import { describeError } from "../src/errors.ts";
import type { EngineLog } from "../src/engine/channel/workerChannel.ts";
import { logFailure } from "./logFailure.ts";

/**
 * Does what a webview asked for. What fails is logged and told in one line; what the user stopped is neither.
 * @param tell shows the line
 */
export function attempt(
  log: EngineLog,
  action: () => PromiseLike<void>,
  tell: (line: string) => void,
): void {
  void Promise.resolve()
    .then(action)
    .catch((thrown: unknown) => {
      const { code, message } = describeError(thrown);
      if (code === "cancelled") return;
      logFailure(log, thrown);
      tell(message);
    });
}
