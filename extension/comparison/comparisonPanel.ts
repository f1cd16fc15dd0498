import * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import type { HostToComparison } from "../../src/protocol/views/comparisonView.ts";
import type { CommandContext } from "../commands/commandContext.ts";
import { openEntry } from "../commands/runListCommands.ts";
import { logFailure } from "../logFailure.ts";
import { setPanelTitle } from "../messages/panelTitle.ts";
import { webviewBundle } from "../panels/webviewBundle.ts";
import { readComparisonMessage } from "../webviews/readOtherMessages.ts";
import { logUnknownMessage, logWebviewFault } from "../webviews/webviewFaults.ts";

/** Stored runs side by side, as they are when the panel is opened. */
export class ComparisonPanel {
  readonly #context: CommandContext;
  readonly #panel: vscode.WebviewPanel;
  readonly #runIds: readonly string[];
  readonly #reading = new AbortController();
  #shown: HostToComparison | undefined;

  constructor(context: CommandContext, panel: vscode.WebviewPanel, runIds: readonly string[]) {
    this.#context = context;
    this.#panel = panel;
    this.#runIds = runIds;
    const title = vscode.l10n.t("{0} runs compared", runIds.length);
    const bundle = webviewBundle(context.extension.extensionUri, "comparison", title);
    setPanelTitle(panel, title);
    panel.iconPath = context.panels.icon;
    panel.webview.options = bundle.options;
    const messages = panel.webview.onDidReceiveMessage((message: unknown) =>
      this.#receive(message),
    );
    panel.onDidDispose(() => {
      this.#reading.abort();
      messages.dispose();
    });
    panel.webview.html = bundle.page(panel.webview);
  }

  /** Reads the runs and shows them; what goes wrong is one line in the panel. */
  async show(): Promise<void> {
    const { active, engine, store, log } = this.#context;
    try {
      const paths = this.#runIds.map((runId) => store.pathOf(runId));
      const comparison = await active.track(
        this.#panel.title,
        (onProgress) =>
          engine.calls.compare({ paths }, { signal: this.#reading.signal, onProgress }),
        { cancel: () => this.#reading.abort(), visible: () => this.#panel.visible },
      );
      this.#shown = { kind: "comparison", runIds: this.#runIds, comparison };
    } catch (thrown) {
      const { code, message } = describeError(thrown);
      if (code !== "cancelled") logFailure(log, thrown);
      this.#shown = { kind: "problem", message };
    }
    this.#send();
  }

  #send(): void {
    if (this.#shown && !this.#reading.signal.aborted)
      void this.#panel.webview.postMessage(this.#shown);
  }

  #receive(received: unknown): void {
    const message = readComparisonMessage(received);
    switch (message?.kind) {
      case "ready":
        return this.#send();
      case "open":
        return void this.#open(message.place);
      case "fault":
        return logWebviewFault(this.#context.log, "Comparison panel", message);
      case undefined:
        logUnknownMessage(this.#context.log, "Comparison panel", received);
        return;
      default:
        message satisfies never;
    }
  }

  async #open(place: number): Promise<void> {
    const runId = this.#runIds[place];
    const entry = (await this.#context.store.list()).find((each) => each.runId === runId);
    if (entry) await openEntry(this.#context, entry);
  }
}
