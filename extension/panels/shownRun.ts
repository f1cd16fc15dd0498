import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { Progress, RunRequest } from "../../src/protocol/engine.ts";
import type { PanelToHost } from "../../src/protocol/panel.ts";
import type { ComponentView, RunView } from "../../src/protocol/runView.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import type { RunDocument } from "../../src/runs/runDocument.ts";
import { withTransfer, type RunTransfer } from "../../src/runs/runTransfer.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { ChangeTransfers, StoredRun } from "../runs/storedRun.ts";
import type { SelectedRun } from "../selectionHub.ts";

type Choice = Pick<ComponentView, "direction" | "index">;
type Controls = Pick<RunView["controls"], "shrinkage" | "variance">;
type Validate = Pick<Extract<PanelToHost, { kind: "validate" }>, "options">;

/**
 * One run as a panel shows it: the view for the shrinkage and share last chosen, and the calls that the
 * panel's controls make. Knows no webview.
 */
export class ShownRun implements SelectedRun {
  readonly stored: StoredRun;
  readonly #engine: EngineClient;
  #view: RunView;
  /** Components by direction and index, for the numbers of the current view only. */
  #components = new Map<string, Promise<ComponentView>>();
  #lastRequest = 0;
  #transfers: readonly RunTransfer[];
  readonly #made: Controls;
  /** Set while the panel shows other options than those that the run was made with. */
  #chosen: Controls | undefined;

  readonly #hide: (() => Promise<void>) | undefined;

  private constructor(
    stored: StoredRun,
    engine: EngineClient,
    view: RunView,
    hide: (() => Promise<void>) | undefined,
  ) {
    this.stored = stored;
    this.#hide = hide;
    this.#engine = engine;
    this.#view = view;
    this.#made = view.controls;
    this.#transfers = stored.record.transfers ?? [];
  }

  /**
   * @param document where it is in memory already; its memory moves to the engine's worker
   * @throws EigenlensError where the document cannot be read
   */
  static async open(
    stored: StoredRun,
    engine: EngineClient,
    document?: RunDocument,
  ): Promise<ShownRun> {
    const view = await engine.open(stored.runId, () => stored.read(), document);
    // A store that cannot be written removes nothing either.
    const hide = await stored.showing?.().catch(() => undefined);
    return new ShownRun(stored, engine, view, hide);
  }

  get view(): RunView {
    return this.#view;
  }

  /** Loadings and projections of one component; asked of the engine once. */
  component({ direction, index }: Choice): Promise<ComponentView> {
    const key = `${direction} ${index}`;
    const known = this.#components.get(key);
    if (known) return known;
    const asked = this.#engine.component({ runId: this.stored.runId, direction, index });
    this.#components.set(key, asked);
    // A failed call may succeed once the worker was started anew.
    asked.catch(() => this.#components.delete(key));
    return asked;
  }

  /** The view for other options, or undefined where a younger request overtook this one. */
  async resolve({ shrinkage, variance }: Controls): Promise<RunView | undefined> {
    const number = ++this.#lastRequest;
    const view = await this.#engine.resolve({ runId: this.stored.runId, shrinkage, variance });
    if (number !== this.#lastRequest) return undefined;
    const made = this.#made;
    const asMade = shrinkage === made.shrinkage && variance === made.variance;
    this.#chosen = asMade ? undefined : { shrinkage, variance };
    this.#view = view;
    this.#components = new Map();
    return view;
  }

  /**
   * Validates with the options that the panel shows, and keeps the report with the run where those are
   * the options that the run was made with.
   */
  async validate(
    { options }: Validate,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<ValidationReport> {
    const { record } = this.stored;
    const validated = this.#view;
    const request = this.request();
    const report = await this.#engine.validate(
      { ...request, validation: options },
      { signal, onProgress },
    );
    if (request.options === record.options) await this.stored.saveValidation?.(report);
    if (this.#view === validated) {
      this.#view = { ...validated, summary: { ...validated.summary, validation: report } };
    }
    return report;
  }

  /** Newest first. */
  get transfers(): readonly RunTransfer[] {
    return this.#transfers;
  }

  /** Whether transfers are kept with the run; else they last as long as its panel. */
  get keepsTransfers(): boolean {
    return this.stored.saveTransfers !== undefined;
  }

  /** Tries the directions of the run as it was made on other files. */
  async transfer(
    request: TransferRequest,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<void> {
    const document = await this.stored.read();
    const made = await this.#engine.transferRun({ ...request, document }, { signal, onProgress });
    await this.#changeTransfers((known) => withTransfer(known, made));
  }

  async removeTransfer(created: string): Promise<void> {
    await this.#changeTransfers((known) => known.filter((each) => each.created !== created));
  }

  /** The run with everything that is kept with it, or was found since. */
  async document(): Promise<RunDocument> {
    const stored = await this.stored.read();
    return this.#transfers.length === 0 ? stored : { ...stored, transfers: this.#transfers };
  }

  async #changeTransfers(change: ChangeTransfers): Promise<void> {
    this.#transfers = this.stored.saveTransfers
      ? await this.stored.saveTransfers(change)
      : change(this.#transfers);
  }

  /** The request that makes this run again, with the options that the panel shows. */
  request(): RunRequest {
    const { sources, options } = this.stored.record;
    const { target, reference } = this.#view.summary;
    return {
      target: { ...sources.target.condition, name: target.name },
      reference: { ...sources.reference.condition, name: reference.name },
      options: this.#chosen ? chosenOptions(options, this.#chosen) : options,
    };
  }

  close(): void {
    this.#engine.close(this.stored.runId);
    void this.#hide?.().catch(() => undefined);
  }
}

/** The share that was chosen in the panel takes the place of a fixed number of components. */
function chosenOptions(made: GedOptions, chosen: Controls): GedOptions {
  const { route, engine, precision } = made;
  return { route, engine, precision, shrinkage: chosen.shrinkage, variance: chosen.variance };
}
