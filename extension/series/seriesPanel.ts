import * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import type { GedOptions } from "../../src/ged/method/options.ts";
import type { ValidationReport } from "../../src/ged/validation/report.ts";
import type { Progress, RunRequest } from "../../src/protocol/engine.ts";
import type { HostToSeries } from "../../src/protocol/views/seriesView.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import type { ConditionPair } from "../commands/conditionPair.ts";
import type { CallOptions } from "../../src/engine/channel/workerChannel.ts";
import { logFailure } from "../logFailure.ts";
import { setPanelTitle } from "../messages/panelTitle.ts";
import { webviewBundle } from "../panels/webviewBundle.ts";
import { optionsFromSettings } from "../settings.ts";
import { readSeriesMessage } from "../webviews/readOtherMessages.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";
import { changedSince, reportOf, stampsOf, type KeptReports } from "./keptReports.ts";

/** What one kind of series of runs does in its own way. */
export interface Series<View> {
  /** Of its page. */
  readonly bundle: "sweep" | "pairs";
  /** For the log. */
  readonly name: string;
  /** What the panel is called, in the user's language. */
  readonly heading: string;
  /** Before anything was found, or what an earlier window had found. */
  readonly start: View;
  /** Of the files that it reads. */
  readonly paths: readonly string[];
  /** @throws EigenlensError as the engine does; CancelledError */
  compute(options: GedOptions, call: CallOptions): Promise<ComputedSeries<View>>;
  /** What is known before the end; undefined if that is nothing new. */
  partial(progress: Progress): View | undefined;
  /** Conditions of the run at a place; undefined if there is none. */
  runAt(view: View, place: number): ConditionPair | undefined;
  /** What was found, in an English line for the log. */
  finding(view: View): string;
}

export interface ComputedSeries<View> {
  readonly view: View;
  /** One per run, by its place. */
  readonly reports: KeptReports["reports"];
}

/** Makes and shows one run, with what its validation found, if it is known. */
export type OpenRun = (request: RunRequest, known?: ValidationReport) => Promise<void>;

/** Several runs on one page that fills while they are made; each of them is one click away. */
export class SeriesPanel<View> {
  readonly #context: CommandContext;
  readonly #panel: vscode.WebviewPanel;
  readonly #series: Series<View>;
  readonly #openRun: OpenRun;
  #view: View;
  #found: KeptReports | undefined;
  #progress: Progress | undefined;
  #problem: string | undefined;
  #computing: AbortController | undefined;

  constructor(
    context: CommandContext,
    panel: vscode.WebviewPanel,
    series: Series<View>,
    openRun: OpenRun,
  ) {
    this.#context = context;
    this.#panel = panel;
    this.#series = series;
    this.#openRun = openRun;
    this.#view = series.start;
    const { heading } = series;
    const bundle = webviewBundle(context.extension.extensionUri, series.bundle, heading);
    setPanelTitle(panel, heading);
    panel.iconPath = context.panels.icon;
    panel.webview.options = bundle.options;
    const messages = panel.webview.onDidReceiveMessage((message: unknown) =>
      this.#receive(message),
    );
    panel.onDidDispose(() => {
      this.#computing?.abort();
      messages.dispose();
    });
    panel.webview.html = bundle.page(panel.webview);
  }

  /** Makes all runs; what was found so far stays if it is cancelled. */
  async compute(): Promise<void> {
    const { active, log } = this.#context;
    const options = this.#options();
    const computing = new AbortController();
    this.#computing?.abort();
    this.#computing = computing;
    const { signal } = computing;
    this.#found = undefined;
    this.#problem = undefined;
    try {
      const stamps = await stampsOf(this.#series.paths);
      const { view, reports } = await active.track(
        this.#series.heading,
        (onProgress) => this.#series.compute(options, { signal, onProgress }),
        {
          cancel: () => computing.abort(),
          visible: () => this.#panel.visible,
          onProgress: (progress) => {
            if (this.#computing === computing) {
              this.#show(this.#series.partial(progress), progress);
            }
          },
        },
      );
      this.#found = { options, reports, stamps };
      const changed = await changedSince(stamps);
      if (changed !== undefined) {
        this.#problem = vscode.l10n.t(
          "{0} changed while it was read: the runs may be of different rows. Re-run.",
          changed,
        );
      }
      this.#show(view);
      log.info(this.#series.finding(view));
    } catch (thrown) {
      const { code, message } = describeError(thrown);
      if (code !== "cancelled") {
        logFailure(log, thrown);
        this.#problem = message;
      }
      // One that took its place shows its own progress.
      if (this.#computing === computing) this.#show(undefined);
    } finally {
      if (this.#computing === computing) this.#computing = undefined;
    }
  }

  #options(): GedOptions {
    const settings = vscode.workspace.getConfiguration("eigenlens");
    return optionsFromSettings((key) => settings.get(key));
  }

  #show(view: View | undefined, progress?: Progress): void {
    if (view) this.#view = view;
    this.#progress = progress;
    this.#send();
  }

  #send(): void {
    const message: HostToSeries<View> = {
      kind: "series",
      view: this.#view,
      // Whatever else came with the progress is in the view already.
      ...(this.#progress && { progress: barOf(this.#progress) }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
    void this.#panel.webview.postMessage(message);
  }

  #receive(received: unknown): void {
    const { log } = this.#context;
    const message = readSeriesMessage(received);
    switch (message?.kind) {
      case "ready":
        return this.#send();
      case "cancel":
        return this.#computing?.abort();
      case "rerun":
        return void this.compute();
      case "open":
        return void this.#open(message.place);
      case "copy":
        return void vscode.env.clipboard.writeText(message.text);
      case "fault":
        return logWebviewFault(log, this.#series.name, message);
      case undefined:
        return logUnknownMessage(log, this.#series.name, received);
      default:
        message satisfies never;
    }
  }

  async #open(place: number): Promise<void> {
    const pair = this.#series.runAt(this.#view, place);
    if (!pair) return;
    const options = this.#found?.options ?? this.#options();
    await this.#openRun({ ...pair, options }, await reportOf(this.#found, place, pair));
  }
}

function barOf({ step, fraction, secondsLeft }: Progress): Progress {
  return {
    step,
    ...(fraction === undefined ? {} : { fraction }),
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
  };
}
