import type { EngineMethods } from "../../src/protocol/engine.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { EigenlensError } from "../../src/errors.ts";
import type { WorkerChannel } from "./workerChannel.ts";

interface LoadedRun {
  readonly read: () => Promise<RunDocument>;
  /** Which worker knows the run, by the channel's generation; the load is shared by those who wait. */
  generation: number;
  loading: Promise<RunView>;
  lastResolve?: Parameters<EngineMethods["resolve"]>[0];
}

/**
 * The runs that the interactive worker knows. A worker that was started anew (it died, or it was idle)
 * knows none, so each call first makes sure that its run is loaded and resolved as it was.
 */
export class LoadedRuns {
  readonly #channel: WorkerChannel;
  readonly #runs = new Map<string, LoadedRun>();

  constructor(channel: WorkerChannel) {
    this.#channel = channel;
  }

  /**
   * @param document the run's document where it is in memory already; its memory moves to the worker
   */
  open(runId: string, read: () => Promise<RunDocument>, document?: RunDocument): Promise<RunView> {
    const first = document ? () => Promise.resolve(document) : read;
    const run: LoadedRun = { read, generation: -1, loading: this.#load(runId, first) };
    this.#runs.set(runId, run);
    return this.#remember(run);
  }

  close(runId: string): void {
    this.#runs.delete(runId);
  }

  async resolve(argument: Parameters<EngineMethods["resolve"]>[0]): Promise<RunView> {
    const view = await this.#ask(argument.runId, () => this.#channel.call("resolve", argument));
    const run = this.#runs.get(argument.runId);
    if (run) run.lastResolve = argument;
    return view;
  }

  async component(argument: Parameters<EngineMethods["component"]>[0]): Promise<ComponentView> {
    return this.#ask(argument.runId, () => this.#channel.call("component", argument));
  }

  /** The worker keeps a few runs only: one that it let go is loaded once more. */
  async #ask<Answer>(runId: string, call: () => Promise<Answer>): Promise<Answer> {
    const run = await this.#ensure(runId);
    try {
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof EigenlensError && thrown.code === "usage")) throw thrown;
      run.generation = -1;
      await this.#ensure(runId);
      return call();
    }
  }

  async #ensure(runId: string): Promise<LoadedRun> {
    const run = this.#runs.get(runId);
    if (!run) {
      throw new EigenlensError("usage", "This run is not open any more: open it again from Runs.");
    }
    await run.loading;
    if (run.generation === this.#channel.generation && this.#channel.running) return run;
    run.loading = this.#load(runId, run.read);
    await this.#remember(run);
    if (run.lastResolve) await this.#channel.call("resolve", run.lastResolve);
    return run;
  }

  async #remember(run: LoadedRun): Promise<RunView> {
    const view = await run.loading;
    run.generation = this.#channel.generation;
    return view;
  }

  async #load(runId: string, read: () => Promise<RunDocument>): Promise<RunView> {
    const document = await read();
    return this.#channel.call("load", { runId, document }, { transfer: buffersOf(document) });
  }
}

/** The distinct buffers behind a document's tensors: tensors read from one file may share one. */
export function buffersOf(document: RunDocument): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { values } of Object.values(document.tensors)) {
    if (values.buffer instanceof ArrayBuffer) buffers.add(values.buffer);
  }
  return [...buffers];
}
