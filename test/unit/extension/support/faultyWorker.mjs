// A worker that misbehaves on demand: the path of an "inspect" call says how.
import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ id, argument, cancellation }) => {
  const flag = new Int32Array(cancellation);
  switch (argument.path) {
    case "exit":
      process.exit(7);
      break;
    case "throw":
      throw new Error("a fault outside any call");
    case "memory": {
      const kept = [];
      for (;;) kept.push(new Array(1e6).fill(id));
    }
    case "deaf":
      say(argument.path);
      for (;;);
    case "listening":
      say(argument.path);
      while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0, 20);
      say("stopped");
      parentPort.postMessage({ kind: "error", id, code: "cancelled", message: "Cancelled." });
      break;
    case "unknown":
      parentPort.postMessage({ kind: "nonsense", id });
      parentPort.postMessage({ kind: "result", id: 4711, value: 1 });
      parentPort.postMessage({ kind: "result", id, value: "still here" });
      break;
    case "refused":
      parentPort.postMessage({
        kind: "error",
        id,
        code: "file-format",
        message: "refused is empty.",
        detail: { path: "refused", found: "0 bytes", remedy: { kind: "transpose" } },
        stack: "Error: refused\n    at reader",
      });
      break;
    default:
      parentPort.postMessage({
        kind: "progress",
        id,
        progress: { step: "Reading", fraction: 0.5 },
      });
      parentPort.postMessage({ kind: "log", level: "warn", message: "a line of the worker's" });
      parentPort.postMessage({ kind: "result", id, value: { path: argument.path } });
  }
});

function say(message) {
  parentPort.postMessage({ kind: "log", level: "info", message });
}
