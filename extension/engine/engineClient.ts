import type { TensorDescription } from "../../src/activations/describeTensor.ts";
import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import type { SweepRequest, SweptLayers } from "../../src/protocol/sweep.ts";
import type { ConditionProposal } from "../../src/conditions/naming/proposeConditions.ts";
import type {
  ComponentRequest,
  EngineMethods,
  FileSummary,
  LoadedRun,
  RunRequest,
  SolutionRequest,
} from "../../src/protocol/engine.ts";
import type { ComponentView, Solution } from "../../src/protocol/runView.ts";
import type { WorkerData } from "../../src/protocol/workerData.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { FileRows } from "../../src/exports/python/fileRows.ts";
import type { RunDocument, RunRecord } from "../../src/runs/runDocument.ts";
import type { RunTransfer } from "../../src/runs/runTransfer.ts";
import { buffersOf, LoadedRuns, type ReadRun } from "./loadedRuns.ts";
import { WorkerChannel } from "./workerChannel.ts";
import type { CallOptions, EditorFiles, EngineLog } from "./workerChannel.ts";

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

  constructor(options: EngineClientOptions) {
    this.#computing = new WorkerChannel({ ...options, name: "computing", idleTime: 5 * minutes });
    this.#interactive = new WorkerChannel({
      ...options,
      name: "interactive",
      idleTime: 15 * minutes,
    });
    this.#loaded = new LoadedRuns(this.#interactive);
  }

  /** Reads a file's headers. */
  inspect(path: string, options?: CallOptions): Promise<FileSummary> {
    return this.#interactive.call("inspect", { path }, options);
  }

  /** Which of some folders are one container of tensors each. */
  containers(folders: readonly string[], options?: CallOptions): Promise<readonly string[]> {
    return this.#interactive.call("containers", { folders }, options);
  }

  /** Reads one tensor's values; between blocks of rows, so that interactive calls go on. */
  describe(
    argument: Parameters<EngineMethods["describe"]>[0],
    options?: CallOptions,
  ): Promise<TensorDescription> {
    return this.#interactive.call("describe", argument, options);
  }

  /** The pairs of conditions, one a layer, that the files hold. */
  layers(paths: readonly string[], options?: CallOptions): Promise<readonly LayerPair[]> {
    return this.#interactive.call("layers", { paths }, options);
  }

  /** What the selections of a run's sources come down to; headers and labels only. */
  fileRows(argument: Parameters<EngineMethods["fileRows"]>[0]): Promise<FileRows> {
    return this.#interactive.call("fileRows", argument);
  }

  sweep(request: SweepRequest, options?: CallOptions): Promise<SweptLayers> {
    return this.#computing.call("sweep", request, options);
  }

  /** What one or two files offer as conditions. */
  propose(paths: readonly string[], options?: CallOptions): Promise<ConditionProposal> {
    return this.#interactive.call("propose", { paths }, options);
  }

  run(request: RunRequest, options?: CallOptions): Promise<ReturnType<EngineMethods["run"]>> {
    return this.#computing.call("run", request, options);
  }

  validate(
    argument: Parameters<EngineMethods["validate"]>[0],
    options?: CallOptions,
  ): Promise<ValidationReport> {
    return this.#computing.call("validate", argument, options);
  }

  /** @param argument its document's memory moves to the worker */
  transferRun(
    argument: Parameters<EngineMethods["transferRun"]>[0],
    options?: CallOptions,
  ): Promise<RunTransfer> {
    const transfer = buffersOf(argument.document);
    return this.#computing.call("transferRun", argument, { ...options, transfer });
  }

  /**
   * Reads and checks a run document, in the interactive worker: this thread never sees a file that a
   * stranger may have made.
   * @throws EigenlensError "file-format" or "file-access", one line
   */
  readDocument(path: string, options?: CallOptions): Promise<RunDocument> {
    return this.#interactive.call("readDocument", { path }, options);
  }

  /** {@link readDocument} without its tensors, which are not read. */
  readRecord(path: string, options?: CallOptions): Promise<RunRecord> {
    return this.#interactive.call("readRecord", { path }, options);
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

  /** Starts workers anew for what comes next: what they were told at their start has changed. */
  restart(): void {
    this.#computing.restart();
    this.#interactive.restart();
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#computing.dispose(), this.#interactive.dispose()]);
  }
}
