import {
  longMethods,
  type ComponentRequest,
  type EngineArgument,
  type EngineMethod,
  type EngineResult,
  type LoadedRun,
  type SolutionRequest,
} from "../../src/protocol/engine.ts";
import type { ComponentView, Solution } from "../../src/protocol/views/runView.ts";
import type { WorkerData } from "../../src/protocol/workerData.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { LoadedRuns, type ReadRun } from "./loadedRuns.ts";
import { WorkerChannel } from "../../src/engine/channel/workerChannel.ts";
import type { EditorFiles } from "../../src/engine/channel/editorFiles.ts";
import type { CallOptions, EngineLog } from "../../src/engine/channel/workerChannel.ts";

/** Answered for runs that are open: {@link EngineClient} sees to it that the worker holds them. */
type OfOpenRuns = "load" | "unload" | "resolve" | "component";

/** Every other call of the protocol, as a promise; the memory of a document in its argument moves to the worker. */
export type EngineCalls = {
  readonly [M in Exclude<EngineMethod, OfOpenRuns>]: (
    argument: EngineArgument<M>,
    options?: CallOptions,
  ) => Promise<EngineResult<M>>;
};

export interface EngineClientOptions {
  readonly workerPath: string;
  readonly workerData?: () => WorkerData;
  readonly log: EngineLog;
  readonly cancellationGrace?: number;
  readonly files?: EditorFiles;
}

const minutes = 60_000;

/**
 * The engine as the host sees it. Long computations and interactive calls have a worker each, so that
 * choosing a component never waits for a run; both start at their first call.
 */
export class EngineClient {
  readonly #computing: WorkerChannel;
  readonly #interactive: WorkerChannel;
  readonly #loaded: LoadedRuns;
  /**
   * The protocol's calls, derived from its interface; each throws EigenlensErrors of one line, as the engine does.
   * Files are read there and never on this thread: a stranger may have made them.
   */
  readonly calls: EngineCalls;

  constructor(options: EngineClientOptions) {
    this.#computing = new WorkerChannel({ ...options, name: "computing", idleTime: 5 * minutes });
    this.#interactive = new WorkerChannel({
      ...options,
      name: "interactive",
      idleTime: 15 * minutes,
    });
    this.#loaded = new LoadedRuns(this.#interactive);
    // A name that is no method of the protocol cannot be written: the type allows none.
    this.calls = new Proxy({} as EngineCalls, {
      get: (_target, method: EngineMethod) => this.#caller(method),
    });
  }

  /**
   * Keeps a run in the interactive worker, so that the calls below answer for it.
   * @param read gives the stored document; it is asked again whenever the worker let it go
   * @param document the document where it is in memory already; its memory moves to the worker
   */
  open(read: ReadRun, document?: RunDocument): Promise<LoadedRun> {
    return this.#loaded.open(read, document);
  }

  /** Forgets a run that was opened with `read`, unless another panel shows it. */
  close(run: string, read: ReadRun): void {
    this.#loaded.close(run, read);
  }

  /** @throws EigenlensError "numerics" or "usage" as the engine does; where the document is gone or changed */
  resolve(request: SolutionRequest): Promise<Solution> {
    return this.#loaded.resolve(request);
  }

  /** @throws EigenlensError as {@link resolve}, and "usage" where there is no such component */
  component(request: ComponentRequest): Promise<ComponentView> {
    return this.#loaded.component(request);
  }

  #caller<M extends EngineMethod>(method: M) {
    const isLong = longMethods.some((long) => long === method);
    const channel = isLong ? this.#computing : this.#interactive;
    return (argument: EngineArgument<M>, options?: CallOptions): Promise<EngineResult<M>> =>
      channel.call(method, argument, options);
  }

  /** Starts workers anew for what comes next: what they were told at their start has changed. */
  restart(): void {
    this.#computing.restart();
    this.#interactive.restart();
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#computing.dispose(), this.#interactive.dispose()]);
  }
}
