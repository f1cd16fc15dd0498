import { parentPort, workerData } from "node:worker_threads";
import { nodeFileSystem } from "../activations/nodeFileSystem.ts";
import { Cancellation } from "../cancellation.ts";
import { describeError } from "../errors.ts";
import {
  documentBuffers,
  type EngineMethod,
  type EngineReply,
  type EngineRequest,
} from "../protocol/engine.ts";
import type { WorkerData } from "../protocol/workerData.ts";
import { useTool } from "../tools/useTool.ts";
import { Engine } from "./engine.ts";
import type { EngineCall, EngineImplementation } from "./engineCall.ts";
import { HostFileSystem, routedFileSystem } from "./hostFileSystem.ts";
import type { ProductEngineOptions } from "./productEngines.ts";

type CallRequest = Extract<EngineRequest, { kind: "call" }>;

/**
 * The worker thread's entry: answers {@link EngineRequest}s with {@link EngineReply}s, one reply a call
 * and progress in between. Nothing that a call throws ends the worker.
 */
function serve(port: NonNullable<typeof parentPort>): void {
  const post = (reply: EngineReply, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(reply, transfer);
  const editorFiles = new HostFileSystem(post);
  const { tensorflowFolders = [] } = (workerData ?? {}) as Partial<WorkerData>;
  const fileSystem = routedFileSystem(nodeFileSystem, editorFiles);
  const options: ProductEngineOptions = {
    tensorflowFolders,
    log: (message) => post({ kind: "log", level: "info", message }),
  };
  const engine = new Engine(fileSystem, options);
  const tools: EngineImplementation<"useTool"> = {
    useTool: (request, call) => useTool(request, fileSystem, options, call),
  };
  const answer = async (request: CallRequest): Promise<void> => {
    const { id } = request;
    const call: EngineCall = {
      cancellation: new Cancellation(request.cancellation),
      report: (progress) => post({ kind: "progress", id, progress }),
    };
    try {
      call.cancellation.throwIfRequested();
      const value = await perform(request.method === "useTool" ? tools : engine, request, call);
      post({ kind: "result", id, value }, documentBuffers(value));
    } catch (thrown) {
      const stack = thrown instanceof Error ? thrown.stack : undefined;
      post({ kind: "error", id, ...describeError(thrown), ...(stack ? { stack } : {}) });
    }
  };

  port.on("message", (request: EngineRequest) => {
    if (request.kind === "call") void answer(request);
    else editorFiles.receive(request);
  });
}

/** The request's method and argument belong together by its type; a mapped call cannot say so. */
function perform(
  engine: Partial<EngineImplementation<EngineMethod>>,
  request: CallRequest,
  call: EngineCall,
): unknown {
  const method = engine[request.method] as (argument: unknown, call: EngineCall) => unknown;
  return method.call(engine, request.argument, call);
}

if (parentPort === null) throw new Error("This file runs as a worker thread only.");
serve(parentPort);
