import type {
  ComponentRequest,
  LoadedRun,
  OfLoaded,
  SolutionRequest,
} from "../../src/protocol/engine.ts";
import type { ComponentView, Solution } from "../../src/protocol/views/runView.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { EigenlensError } from "../../src/errors.ts";
import type { WorkerChannel } from "../../src/engine/channel/workerChannel.ts";

/** Reads a run's document again, whenever the worker does not hold it any more. */
export type ReadRun = () => Promise<RunDocument>;

interface OpenRun {
  /** One for each panel that shows the run. */
  readonly readers: ReadRun[];
  /** Shared by those who wait for the same run. */
  loading: Promise<void> | undefined;
}

/** A run that other runs crowd out each time has no room beside them. */
const mostLoads = 3;

/**
 * The runs that panels show, by the content of their documents. The worker may let any of them go, or be
 * started anew: it says so, and the run is loaded once more.
 */
export class LoadedRuns {
  readonly #channel: WorkerChannel;
  readonly #runs = new Map<string, OpenRun>();

  constructor(channel: WorkerChannel) {
    this.#channel = channel;
  }

  /**
   * Keeps a run until {@link close} was called as often.
   * @param document the run's document where it is in memory already; its memory moves to the worker
   */
  async open(read: ReadRun, document?: RunDocument): Promise<LoadedRun> {
    const loaded = await this.#load(document ?? (await read()));
    const { run } = loaded.header;
    const open = this.#runs.get(run) ?? { readers: [], loading: undefined };
    open.readers.push(read);
    this.#runs.set(run, open);
    return loaded;
  }

  /** @param read the same as was given to {@link open} */
  close(run: string, read: ReadRun): void {
    const open = this.#runs.get(run);
    const place = open?.readers.indexOf(read) ?? -1;
    if (!open || place < 0) return;
    open.readers.splice(place, 1);
    if (open.readers.length > 0) return;
    this.#runs.delete(run);
    this.#unload(run);
  }

  resolve(request: SolutionRequest): Promise<Solution> {
    return this.#ask(request.run, () => this.#channel.call("resolve", request));
  }

  component(request: ComponentRequest): Promise<ComponentView> {
    return this.#ask(request.run, () => this.#channel.call("component", request));
  }

  async #ask<Answer>(run: string, call: () => Promise<OfLoaded<Answer>>): Promise<Answer> {
    const open = this.#runs.get(run);
    if (!open) {
      throw new EigenlensError("usage", "This run is not open any more: open it again from Runs.");
    }
    for (let loads = 0; ; loads += 1) {
      const reply = await call();
      if (reply.kind === "answer") return reply.answer;
      if (loads === mostLoads) {
        throw new EigenlensError(
          "memory",
          "The runs that are open do not fit into memory together: close some of their panels.",
        );
      }
      open.loading ??= this.#loadAgain(run, open).finally(() => {
        open.loading = undefined;
      });
      await open.loading;
    }
  }

  /** @throws EigenlensError if no reader finds what the panels show */
  async #loadAgain(run: string, { readers }: OpenRun): Promise<void> {
    let fault: unknown = new EigenlensError(
      "file-access",
      "The run's document changed since it was opened: close this panel and open the run again.",
    );
    for (const read of [...readers]) {
      try {
        const { header } = await this.#load(await read());
        if (header.run === run) return;
        if (!this.#runs.has(header.run)) this.#unload(header.run);
      } catch (thrown) {
        fault = thrown;
      }
    }
    throw fault;
  }

  #load(document: RunDocument): Promise<LoadedRun> {
    return this.#channel.call("load", { document });
  }

  /** Only a worker that runs holds anything. */
  #unload(run: string): void {
    if (this.#channel.running) this.#channel.call("unload", { run }).catch(() => undefined);
  }
}
