import { parentPort, workerData } from "node:worker_threads";
import { Cancellation } from "../../../cancellation.ts";
import { describeError } from "../../../errors.ts";
import { openTaskEngine } from "../../../linalg/small/engineOptions.ts";
import { TaskHandler } from "./tasks.ts";
import type { FromThread, ThreadData, ToThread } from "./taskThreads.ts";

// The entry of a validation thread; bundled on its own, since a thread starts from a file.
const data = workerData as ThreadData;

async function start(): Promise<void> {
  const products = await openTaskEngine();
  const handler = new TaskHandler(data.problem, new Cancellation(data.cancellation), products);
  parentPort?.on("message", (message: ToThread) => {
    if (message.kind === "prepare") {
      handler.prepare(message.prepared);
      return;
    }
    try {
      reply({ kind: "result", result: handler.run(message.task) });
    } catch (thrown) {
      reply({ kind: "error", ...describeError(thrown) });
    }
  });
  reply({ kind: "ready" });
}

void start();

function reply(message: FromThread): void {
  parentPort?.postMessage(message);
}
