import * as vscode from "vscode";
import type { DescribedError, SourceRemedy } from "../../src/errors.ts";
import type { RunRequest } from "../../src/protocol/engine.ts";
import type { HostToPanel, PanelState } from "../../src/protocol/panel.ts";
import type { Selection } from "../../src/protocol/selection.ts";
import type { ValidationOptions } from "../../src/ged/validation/options.ts";
import type { TransferRequest } from "../../src/protocol/transfer.ts";
import { setPanelTitle } from "../messages/panelTitle.ts";
import { summaryTitle } from "../runs/runEntry.ts";
import { staleSources } from "../runs/storedRun.ts";
import { resultBundle } from "./webviewBundle.ts";
import type { PanelServices } from "./panelServices.ts";
import { PanelLens } from "./panelLens.ts";
import { PanelNeurons } from "./panelNeurons.ts";
import { PanelRequests, type AskingPanel } from "./panelRequests.ts";
import { PanelSteering } from "./panelSteering.ts";
import { PanelTransfers } from "./panelTransfers.ts";
import { PanelValidation } from "./panelValidation.ts";
import type { RunPanel } from "../runs/runPanel.ts";
import type { ShownRun } from "../runs/shownRun.ts";

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
  readonly #requests: PanelRequests;
  readonly #lens: PanelLens;
  readonly #steering: PanelSteering;
  #cancel: (() => void) | undefined;
  #lastRequest: RunRequest | undefined;
  /** Of the failure that is shown. */
  #remedy: SourceRemedy | undefined;
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
    this.#lens = new PanelLens(services, post);
    this.#steering = new PanelSteering(services, post);
    const asking: AskingPanel = {
      panel: this,
      validation: this.#validation,
      transfers: this.#transfers,
      neurons: this.#neurons,
      lens: this.#lens,
      steering: this.#steering,
      remedy: () => (this.#state.kind === "failed" ? this.#remedy : undefined),
      post,
      sendAll: () => this.#sendAll(),
      cancel: () => (this.#cancel ?? (() => this.#validation.cancel()))(),
      select: (run, selection) => {
        this.#selection = selection;
        this.#services.selection.select({ selection, run });
      },
    };
    this.#requests = new PanelRequests(asking, services);
    panel.iconPath = services.icon;
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#requests.receive(message)),
      panel.onDidChangeViewState(() => {
        if (panel.active) this.#activate();
        if (panel.visible) void this.#checkSources();
      }),
      panel.onDidDispose(() => this.dispose()),
    );
    services.views.add(this);
    if (panel.active) services.views.activate(this);
    panel.webview.html = resultBundle(services.extensionUri).page(panel.webview);
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
    const offered = detail?.remedy;
    // No run asks where its rows came from.
    this.#remedy = offered?.kind === "describeCapture" ? undefined : offered;
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
    this.#lens.show(run);
    void this.#steering.show(run);
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
    this.#requests.withRun((run) => {
      const solution = run.solution.choice;
      return this.#validation.validate(run, { solution, options });
    });
  }

  transfer(request: TransferRequest): void {
    this.#requests.withRun((run) => this.#transfers.transfer(run, request));
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
    this.#lens.show(undefined);
    void this.#steering.show(undefined);
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
    this.#lens.send();
    this.#steering.send();
  }

  #sendRun(run: ShownRun): void {
    const { stored, header, solution, validation } = run;
    const saved = run.reportOn(header.made);
    this.#post({ kind: "run", runId: stored.runId, header, solution, validation, saved });
  }
}
