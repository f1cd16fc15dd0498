import { randomUUID } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { nodeFileSystem } from "../activations/nodeFileSystem.ts";
import { Cancellation } from "../cancellation.ts";
import { describeError } from "../errors.ts";
import type {
  EngineMethod,
  EngineMethods,
  EngineReply,
  EngineRequest,
} from "../protocol/engine.ts";
import type { WorkerData } from "../protocol/workerData.ts";
import type { RunDocument } from "../runs/runDocument.ts";
import { Engine, type EngineCall } from "./engine.ts";
import { HostFileSystem, routedFileSystem } from "./hostFileSystem.ts";
import { sweepLayers } from "./sweep/sweepLayers.ts";

/**
 * The worker thread's entry: answers {@link EngineRequest}s with {@link EngineReply}s, one reply a call
 * and progress in between. Nothing that a call throws ends the worker.
 */
function serve(port: NonNullable<typeof parentPort>): void {
  const post = (reply: EngineReply, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(reply, transfer);
  const editorFiles = new HostFileSystem(post);
  const { tensorflowFolders = [] } = (workerData ?? {}) as Partial<WorkerData>;
  const engine = new Engine(routedFileSystem(nodeFileSystem, editorFiles), {
    tensorflowFolders,
    log: (message) => post({ kind: "log", level: "info", message }),
  });
  const methods: {
    [M in keyof EngineMethods]: (
      argument: Parameters<EngineMethods[M]>[0],
      call: EngineCall,
    ) => Promise<ReturnType<EngineMethods[M]>>;
  } = {
    inspect: ({ path }) => engine.inspect(path),
    containers: ({ folders }) => engine.containers(folders),
    describe: ({ path, tensor }, call) => engine.describe(path, tensor, call),
    propose: ({ paths }) => engine.propose(paths),
    run: async (request, call) => ({
      runId: randomUUID(),
      document: await engine.run(request, call),
    }),
    readDocument: ({ path }) => engine.readDocument(path),
    readRecord: ({ path }) => engine.readRecord(path),
    load: ({ document }) => engine.load(document),
    unload: async ({ run }) => engine.unload(run),
    resolve: async (request) => engine.resolve(request),
    component: (request) => engine.component(request),
    fileRows: (run) => engine.fileRows(run),
    layers: ({ paths }) => engine.layers(paths),
    sweep: (request, call) => sweepLayers(engine, request, call),
    transferRun: ({ document, ...request }, call) => engine.transferRun(document, request, call),
    validate: (request, call) => engine.validate(request, call),
  };

  const answer = async (request: Extract<EngineRequest, { kind: "call" }>): Promise<void> => {
    const { id } = request;
    const call: EngineCall = {
      cancellation: new Cancellation(request.cancellation),
      report: (progress) => post({ kind: "progress", id, progress }),
    };
    try {
      call.cancellation.throwIfRequested();
      // The request's method and argument belong together by its type; a mapped call cannot say so.
      const method = methods[request.method] as (a: unknown, c: EngineCall) => Promise<unknown>;
      const value = await method(request.argument, call);
      post({ kind: "result", id, value }, buffersOf(request.method, value));
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

/** The memory of a document's tensors, handed over instead of copied; none of other answers. */
function buffersOf(method: EngineMethod, value: unknown): ArrayBuffer[] {
  if (method !== "run" && method !== "readDocument") return [];
  // The method says what its value is; a mapped call cannot.
  const document =
    method === "run" ? (value as { document: RunDocument }).document : (value as RunDocument);
  const buffers = new Set<ArrayBuffer>();
  for (const { values } of Object.values(document.tensors)) {
    if (values.buffer instanceof ArrayBuffer) buffers.add(values.buffer);
  }
  return [...buffers];
}

if (parentPort === null) throw new Error("This file runs as a worker thread only.");
serve(parentPort);
