import * as vscode from "vscode";
import { describeError, type DescribedError, type Remedy } from "../../src/errors.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import type { HostToPanel, PanelState, PanelToHost } from "../../src/protocol/panel.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import type { ValidationOptions } from "../../src/ged/validation/options.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import { logFailure } from "../logFailure.ts";
import { setPanelTitle } from "../messages/panelTitle.ts";
import { checkKept } from "../runs/checkKept.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import { staleSources } from "../runs/storedRun.ts";
import type { PanelServices } from "./panelServices.ts";
import { PanelNeurons } from "./panelNeurons.ts";
import { PanelTransfers } from "./panelTransfers.ts";
import { PanelValidation } from "./panelValidation.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import type { ShownRun } from "../runs/shownRun.ts";
import { readPanelMessage } from "../webviews/readPanelMessage.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";

/**
 * One result panel, whether it stands for itself or is the editor of a run document. It holds what is
 * shown, so that a webview which VS Code discarded while hidden gets everything again when it says "ready".
 */
export class ResultView implements RunPanel, vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #disposables: vscode.Disposable[] = [];
  #state: PanelState = { kind: "empty" };
  #shown: ShownRun | undefined;
  readonly #validation: PanelValidation;
  readonly #transfers: PanelTransfers;
  readonly #neurons: PanelNeurons;
  #cancel: (() => void) | undefined;
  #lastRequest: RunRequest | undefined;
  /** Of the failure that is shown. */
  #remedy: Remedy | undefined;
  /** What was last chosen in this panel; the inspector comes back to it with the panel. */
  #selection: Selection | undefined;
  /** What the user calls the run shown; undefined if it goes by its conditions. */
  #name: string | undefined;
  #disposed = false;

  constructor(panel: vscode.WebviewPanel, services: PanelServices) {
    this.#panel = panel;
    this.#services = services;
    const post = (message: HostToPanel) => this.#post(message);
    this.#validation = new PanelValidation(services, post);
    this.#transfers = new PanelTransfers(services, post);
    this.#neurons = new PanelNeurons(services, post);
    panel.iconPath = services.icon;
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        if (panel.active) this.#activate();
        if (panel.visible) void this.#checkSources();
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    services.views.add(this);
    if (panel.active) services.views.activate(this);
    panel.webview.html = services.page(panel.webview);
  }

  get shown(): ShownRun | undefined {
    return this.#shown;
  }

  get active(): boolean {
    return !this.#disposed && this.#panel.active;
  }

  get visible(): boolean {
    return !this.#disposed && this.#panel.visible;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  get request(): RunRequest | undefined {
    return this.#shown?.request() ?? this.#lastRequest;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  showComputing(title: string, request: RunRequest, cancel: () => void): void {
    this.#validation.cancel();
    this.#transfers.cancel();
    this.#cancel = cancel;
    this.#lastRequest = request;
    setPanelTitle(this.#panel, title);
    this.#setState({ kind: "computing", title, progress: { step: vscode.l10n.t("Starting") } });
  }

  showProgress(title: string, progress: Extract<PanelState, { kind: "computing" }>["progress"]) {
    if (this.#state.kind === "computing") this.#setState({ kind: "computing", title, progress });
  }

  showFailed(title: string, { message, detail }: DescribedError): void {
    this.#cancel = undefined;
    this.#remedy = detail?.remedy;
    setPanelTitle(this.#panel, title);
    const remedy = this.#remedy?.kind;
    this.#setState({ kind: "failed", title, message, ...(remedy === undefined ? {} : { remedy }) });
  }

  async showRun(run: ShownRun): Promise<void> {
    if (this.#disposed) {
      run.close();
      return;
    }
    this.#releaseRun();
    this.#shown = run;
    this.#name = run.stored.record.name;
    this.#validation.show(run);
    await this.#showReady();
    this.#transfers.show(run);
  }

  async restore(): Promise<void> {
    if (this.#shown) await this.#showReady();
    else this.#panel.dispose();
  }

  rename(name: string | undefined): void {
    this.#name = name;
    if (this.#shown) this.#showTitle(this.#shown);
  }

  showProblem(message: string): void {
    this.#post({ kind: "problem", message });
  }

  validate(options: ValidationOptions): void {
    this.#withRun((run) => {
      const solution = run.solution.choice;
      return this.#validation.validate(run, { solution, options });
    });
  }

  transfer(request: TransferRequest): void {
    this.#withRun((run) => this.#transfers.transfer(run, request));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#cancel?.();
    this.#releaseRun();
    this.#services.views.remove(this);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  close(): void {
    this.#panel.dispose();
  }

  goesWith(what: vscode.Disposable): void {
    if (this.#disposed) what.dispose();
    else this.#disposables.push(what);
  }

  #activate(): void {
    this.#services.views.activate(this);
    this.#tellSelection();
  }

  /** The first component stands for a run in which nothing was chosen yet. */
  #tellSelection(): void {
    const run = this.#shown;
    if (!run || !this.#panel.active) return;
    const first = { kind: "component", direction: "forward", index: 0 } as const;
    const selection = this.#selection ?? { ...first, runId: run.stored.runId };
    this.#services.selection.select({ selection, run });
  }

  #releaseRun(): void {
    this.#validation.show(undefined);
    this.#transfers.show(undefined);
    this.#neurons.cancel();
    this.#selection = undefined;
    if (!this.#shown) return;
    this.#services.selection.forget(this.#shown);
    this.#shown.close();
    this.#shown = undefined;
  }

  #showTitle(shown: ShownRun): void {
    setPanelTitle(this.#panel, this.#name ?? summaryTitle(shown.view.summary));
  }

  async #showReady(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    this.#cancel = undefined;
    this.#lastRequest = undefined;
    this.#showTitle(shown);
    this.#sendRun(shown);
    this.#setState({ kind: "ready", stale: [] });
    this.#tellSelection();
    await this.#checkSources();
  }

  async #checkSources(): Promise<void> {
    const shown = this.#shown;
    if (!shown || this.#state.kind !== "ready") return;
    const changed = await staleSources(shown.stored.record, this.#services.stat);
    const stale = changed.map(this.#services.shorten);
    if (this.#shown !== shown || this.#state.kind !== "ready") return;
    if (stale.join() !== this.#state.stale.join()) this.#setState({ kind: "ready", stale });
  }

  #setState(state: PanelState): void {
    this.#state = state;
    this.#post({ kind: "state", state });
  }

  /** A webview that is not there yet, or hidden, gets it all when it says "ready". */
  #post(message: HostToPanel): void {
    if (!this.#disposed) void this.#panel.webview.postMessage(message);
  }

  /** Everything that is shown, to a webview that has just begun. */
  #sendAll(): void {
    // It waits for no answer, and an old one must not change the solution that it is now sent.
    this.#shown?.dropRequests();
    if (this.#shown) this.#sendRun(this.#shown);
    this.#post({ kind: "state", state: this.#state });
    this.#validation.send();
    this.#transfers.send();
  }

  #sendRun(run: ShownRun): void {
    const { stored, header, solution, validation } = run;
    const saved = run.reportOn(header.made);
    this.#post({ kind: "run", runId: stored.runId, header, solution, validation, saved });
  }

  #receive(received: unknown): void {
    const message = readPanelMessage(received);
    switch (message?.kind) {
      case "ready":
        return this.#sendAll();
      case "fault":
        return logWebviewFault(this.#services.log, "Result panel", message);
      case "cancel":
        (this.#cancel ?? (() => this.#validation.cancel()))();
        return;
      case "copy":
        return this.#attempt(async () => vscode.env.clipboard.writeText(message.text));
      case "rerun":
        return this.#attempt(() => this.#services.rerun(this));
      case "remedy": {
        const remedy = this.#state.kind === "failed" ? this.#remedy : undefined;
        return remedy && this.#attempt(() => this.#services.remedy(this, remedy));
      }
      case "command":
        return this.#attempt(() => this.#services.command(message.command));
      case "component":
        return this.#withRun(async (run) =>
          this.#post({ kind: "component", view: await run.component(message.solution, message) }),
        );
      case "resolve":
        return this.#withRun((run) => this.#resolve(run, message), message.request);
      case "select":
        return this.#withRun(async (run) => {
          this.#selection = message.selection;
          this.#services.selection.select({ selection: message.selection, run });
        });
      case "neuronValues":
        return this.#withRows((run) => this.#neurons.read(run, message.neuron));
      case "validate":
        return this.#withRows((run) => this.#validation.validate(run, message));
      case "transfer":
        return this.#attempt(() => this.#services.transfer(this));
      case "cancelTransfer":
        return this.#transfers.cancel();
      case "removeTransfer":
        return this.#withRun((run) => this.#transfers.remove(run, message.created));
      case "export":
        return this.#withRun((run) => this.#services.exportRun(run, message));
      case undefined:
        logUnknownMessage(this.#services.log, "Result panel", received);
        return;
      default:
        message satisfies never;
    }
  }

  #withRun(action: (run: ShownRun) => Promise<void>, request?: number): void {
    const run = this.#shown;
    if (run) this.#attempt(() => action(run), request);
  }

  /** {@link #withRun} of what reads the run's rows again. */
  #withRows(action: (run: ShownRun) => Promise<void>): void {
    this.#withRun(async (run) => {
      await checkKept(run.stored.record);
      await action(run);
    });
  }

  /**
   * A request of the panel's that fails leaves the panel as it was, with one line.
   * @param request the number of the `resolve` that it answers
   */
  #attempt(action: () => PromiseLike<void>, request?: number): void {
    void Promise.resolve()
      .then(action)
      .catch((thrown: unknown) => {
        const { code, message } = describeError(thrown);
        if (code === "cancelled") return;
        logFailure(this.#services.log, thrown);
        this.#post({
          kind: "problem",
          message,
          ...(request === undefined ? {} : { request }),
        });
      });
  }

  async #resolve(run: ShownRun, message: Extract<PanelToHost, { kind: "resolve" }>): Promise<void> {
    const solved = await run.resolve(message);
    if (!solved || this.#shown !== run) return;
    const validation = run.reportOn(solved.solution.choice);
    this.#post({ kind: "resolved", request: message.request, ...solved, validation });
    this.#services.selection.refresh(run);
  }
}
