import * as vscode from "vscode";
import {
  defaultValidationOptions,
  type ValidationOptions,
} from "../../src/ged/validation/options.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { Progress, RunRequest } from "../../src/protocol/engine.ts";
import type { LayerPair } from "../../src/conditions/naming/pairLayers.ts";
import { describeError } from "../../src/errors.ts";
import type { SweptLayer } from "../../src/protocol/sweep.ts";
import type { HostToSweep, SweepView } from "../../src/protocol/views/sweepView.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { logFailure } from "../logFailure.ts";
import { setPanelTitle } from "../messages/panelTitle.ts";
import { webviewBundle } from "../panels/webviewBundle.ts";
import { optionsFromSettings } from "../settings.ts";
import { reportOf, stampsOf, type KeptReports } from "./keptReports.ts";
import { sayInEnglish } from "../../src/protocol/strings.ts";
import { sweepFinding } from "../../src/protocol/sweepFinding.ts";
import { say } from "../words/words.ts";
import { sweepView } from "./sweepView.ts";
import { readSweepMessage } from "../webviews/readOtherMessages.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";

export const sweepPanelType = "eigenlens.sweep";

/** The same permutations in every layer, so that one p can count them all; the rest is left to single runs. */
const validation: ValidationOptions = { ...defaultValidationOptions, extended: false };

/** Makes and shows the run of one layer, with what its validation found, if it is known. */
export type OpenLayer = (request: RunRequest, known?: ValidationReport) => Promise<void>;

/** GED on every layer: a chart that fills while it runs; a layer's run is one click away. */
export class SweepPanel {
  readonly #context: CommandContext;
  readonly #panel: vscode.WebviewPanel;
  readonly #openRun: OpenLayer;
  readonly #pairs: readonly LayerPair[] | undefined;
  readonly #heading: string;
  #view: SweepView;
  #found: KeptReports | undefined;
  #progress: Progress | undefined;
  #sweeping: AbortController | undefined;

  /**
   * @param shown the layers to sweep over, or what an earlier window had found
   * @param openRun makes and shows the run of one layer
   */
  constructor(
    context: CommandContext,
    panel: vscode.WebviewPanel,
    shown: { readonly pairs: readonly LayerPair[] } | { readonly view: SweepView },
    openRun: OpenLayer,
  ) {
    this.#context = context;
    this.#panel = panel;
    this.#openRun = openRun;
    this.#pairs = "pairs" in shown ? shown.pairs : undefined;
    this.#view = "pairs" in shown ? sweepView(shown.pairs, []) : shown.view;
    this.#heading = say("sweep.title", this.#view);
    const bundle = webviewBundle(context.extension.extensionUri, "sweep", this.#heading);
    setPanelTitle(panel, this.#heading);
    panel.iconPath = context.panels.icon;
    panel.webview.options = bundle.options;
    const messages = panel.webview.onDidReceiveMessage((message: unknown) =>
      this.#receive(message),
    );
    panel.onDidDispose(() => {
      this.#sweeping?.abort();
      messages.dispose();
    });
    panel.webview.html = bundle.page(panel.webview);
  }

  /** Sweeps; what was found so far stays if it is cancelled. */
  async sweep(): Promise<void> {
    const pairs = this.#pairs ?? this.#view.layers.map(pairOfLayer);
    const settings = vscode.workspace.getConfiguration("eigenlens");
    const options = optionsFromSettings((key) => settings.get(key));
    const sweeping = new AbortController();
    this.#sweeping?.abort();
    this.#sweeping = sweeping;
    const cancel = () => sweeping.abort();
    this.#found = undefined;
    try {
      const stamps = await stampsOf(pairs);
      const { layers, reports } = await this.#context.active.track(
        this.#heading,
        (onProgress) =>
          this.#context.engine.calls.sweep(
            { pairs, options, validation },
            { signal: sweeping.signal, onProgress },
          ),
        {
          cancel,
          visible: () => this.#panel.visible,
          onProgress: (progress) => this.#show(pairs, progress.layers, progress),
        },
      );
      this.#found = { options, reports, stamps };
      this.#show(pairs, layers);
      this.#context.log.info(
        `${sayInEnglish("sweep.title", this.#view)}: ${sweepFinding(this.#view, sayInEnglish)}.`,
      );
    } catch (thrown) {
      this.#show(pairs, undefined);
      const { code, message } = describeError(thrown);
      if (code === "cancelled") return;
      logFailure(this.#context.log, thrown);
      this.#post({ kind: "problem", message });
    } finally {
      if (this.#sweeping === sweeping) this.#sweeping = undefined;
    }
  }

  #show(
    pairs: readonly LayerPair[],
    layers: readonly SweptLayer[] | undefined,
    progress?: Progress,
  ): void {
    if (layers) this.#view = sweepView(pairs, layers);
    this.#progress = progress;
    this.#send();
  }

  #send(): void {
    // The layers are in the view already.
    const progress = this.#progress && { ...this.#progress, layers: [] };
    this.#post({ kind: "sweep", view: this.#view, ...(progress ? { progress } : {}) });
  }

  #post(message: HostToSweep): void {
    void this.#panel.webview.postMessage(message);
  }

  #receive(received: unknown): void {
    const message = readSweepMessage(received);
    switch (message?.kind) {
      case "ready":
        return this.#send();
      case "cancel":
        return this.#sweeping?.abort();
      case "rerun":
        return void this.sweep();
      case "open":
        return void this.#open(message.place);
      case "copy":
        return void vscode.env.clipboard.writeText(message.text);
      case "fault":
        return logWebviewFault(this.#context.log, "Sweep panel", message);
      case undefined:
        logUnknownMessage(this.#context.log, "Sweep panel", received);
        return;
      default:
        message satisfies never;
    }
  }

  async #open(place: number): Promise<void> {
    const layer = this.#view.layers[place];
    if (!layer) return;
    const { target, reference } = this.#view;
    const settings = vscode.workspace.getConfiguration("eigenlens");
    const options = this.#found?.options ?? optionsFromSettings((key) => settings.get(key));
    await this.#openRun(
      {
        target: { ...layer.target, name: layer.target.name ?? target },
        reference: { ...layer.reference, name: layer.reference.name ?? reference },
        options,
      },
      await reportOf(this.#found, place, layer),
    );
  }
}

/** A layer of an earlier window as it was asked for. */
function pairOfLayer({ layer, label, target, reference, found }: SweptLayer): LayerPair {
  const candidate = (source: typeof target, rows: number) => ({
    source,
    name: source.name ?? label,
    rows,
    columns: found?.columns ?? 0,
  });
  return {
    layer,
    label,
    target: candidate(target, found?.rows.target ?? 0),
    reference: candidate(reference, found?.rows.reference ?? 0),
  };
}
