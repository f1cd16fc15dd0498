import { distinctNames } from "../../src/conditions/naming/distinctNames.ts";
import { describeError } from "../../src/errors.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import type { RunSummary } from "../../src/runs/summary.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { CallOptions, EngineLog } from "../../src/engine/channel/workerChannel.ts";
import { baseName } from "../naming.ts";
import { logFailure } from "../logFailure.ts";
import { offerLog } from "../messages/offerLog.ts";
import type { ActiveRuns } from "./activeRuns.ts";
import { automaticValidation, type ValidationLimit } from "./automaticValidation.ts";
import { describeRun, describeStart } from "./runLog.ts";
import { runTitle } from "./runEntry.ts";
import type { RunPanel } from "./runPanel.ts";
import type { RunStore } from "./runStore.ts";
import { ShownRun } from "./shownRun.ts";
import { storedRun } from "./storedRun.ts";

export interface RunnerServices {
  readonly engine: EngineClient;
  readonly store: RunStore;
  readonly log: EngineLog;
  readonly active: ActiveRuns;
  newView(title: string): RunPanel;
  runChanged(): void;
  /** What the validation of a run may cost that nobody asked for; undefined if there is to be none. */
  validationLimit(): ValidationLimit | undefined;
}

/** Computes a run's document. */
type Compute = (watch: Required<CallOptions>) => Promise<RunDocument>;

/** How a run ended; the message is the one line that the user saw. */
export type RunOutcome =
  | {
      readonly kind: "done";
      readonly summary: RunSummary;
      /** Where its document is stored. */
      readonly place: string;
    }
  | { readonly kind: "failed" | "cancelled"; readonly message: string };

/** Whoever makes runs. */
export type Runner = Pick<SeparationRunner, "run" | "runBy">;

/**
 * Makes runs: shows the panel, computes, stores, shows the result. A cancelled run leaves no trace; a
 * failed one its line in the panel and its stack in the log.
 */
export class SeparationRunner {
  readonly #services: RunnerServices;

  constructor(services: RunnerServices) {
    this.#services = services;
  }

  /**
   * Never rejects: what went wrong is shown where the run was to be.
   * @param view the panel to show the run in; a new one if omitted
   * @param stop aborting it cancels the run
   * @param known what a validation of the same run has found already; it is kept with the run
   */
  run(
    request: RunRequest,
    view?: RunPanel,
    stop = new AbortController(),
    known?: ValidationReport,
  ): Promise<RunOutcome> {
    return this.#run(request, view, stop, async (watch) => {
      const document = await this.#services.engine.calls.run(request, watch);
      return known === undefined ? document : withValidation(document, known);
    });
  }

  /**
   * {@link run} of what somebody else computes, in a new panel.
   * @param request what is computed, to be shown meanwhile
   */
  runBy(request: RunRequest, stop: AbortController, compute: Compute): Promise<RunOutcome> {
    return this.#run(request, undefined, stop, compute);
  }

  async #run(
    request: RunRequest,
    view: RunPanel | undefined,
    stop: AbortController,
    compute: Compute,
  ): Promise<RunOutcome> {
    const title = requestTitle(request);
    const cancel = () => stop.abort();
    const panel = view ?? this.#services.newView(title);
    panel.showComputing(title, request, cancel);
    try {
      const document = await this.#services.active.track(
        title,
        (onProgress) => {
          this.#services.log.info(describeStart(request));
          return compute({ signal: stop.signal, onProgress });
        },
        {
          cancel,
          visible: () => panel.visible,
          onProgress: (progress) => panel.showProgress(title, progress),
        },
      );
      const { summary } = document;
      const place = await this.#keep(document, panel);
      return { kind: "done", summary, place };
    } catch (thrown) {
      return this.#explain(title, thrown, panel);
    }
  }

  /** @returns where the document is stored */
  async #keep(document: RunDocument, panel: RunPanel): Promise<string> {
    const { store, engine, log } = this.#services;
    log.info(describeRun(document));
    for (const warning of document.summary.warnings) log.warn(warning);
    const { runId } = await store.add(document);
    this.#services.runChanged();
    await panel.showRun(await ShownRun.open(storedRun(store, runId, document), engine, document));
    const limit = this.#services.validationLimit();
    const validation =
      document.summary.validation === null && limit !== undefined
        ? automaticValidation(document.summary, limit)
        : undefined;
    if (validation) panel.validate(validation);
    return store.pathOf(runId);
  }

  async #explain(title: string, thrown: unknown, panel: RunPanel): Promise<RunOutcome> {
    const failure = describeError(thrown);
    const { code, message } = failure;
    if (code === "cancelled") {
      this.#services.log.info(`${title}: cancelled.`);
      if (!panel.disposed) await panel.restore();
      return { kind: "cancelled", message };
    }
    logFailure(this.#services.log, thrown);
    const hadRun = panel.shown !== undefined;
    if (hadRun && !panel.disposed) {
      await panel.restore();
      panel.showProblem(message);
    } else if (!panel.disposed) {
      panel.showFailed(title, failure);
    }
    if (!panel.visible) void offerLog(message);
    return { kind: "failed", message };
  }
}

function withValidation(document: RunDocument, validation: ValidationReport): RunDocument {
  return { ...document, summary: { ...document.summary, validation } };
}

/** "him vs her", from the names chosen or else the files. */
export function requestTitle({ target, reference }: RunRequest): string {
  const nameOf = (source: RunRequest["target"]) =>
    source.name ?? (source.tensor || baseName(source.path).replace(/\.[^.]+$/, ""));
  const named = (source: RunRequest["target"]) => ({ source, name: nameOf(source) });
  const names = distinctNames(named(target), named(reference));
  return runTitle({ target: names[0], reference: names[1] });
}
