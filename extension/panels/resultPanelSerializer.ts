import type * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import type { RunStore } from "../runs/runStore.ts";
import { storedRun } from "../runs/storedRun.ts";
import type { PanelServices } from "./panelServices.ts";
import { ResultView } from "./resultView.ts";
import { resultBundle } from "./webviewBundle.ts";
import { ShownRun } from "../runs/shownRun.ts";

/** Brings a result panel back after a window reload, from the stored run that its state names. */
export class ResultPanelSerializer implements vscode.WebviewPanelSerializer {
  readonly #services: PanelServices;
  readonly #engine: EngineClient;
  readonly #store: RunStore;

  constructor(services: PanelServices, engine: EngineClient, store: RunStore) {
    this.#services = services;
    this.#engine = engine;
    this.#store = store;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const runId = runIdOf(state);
    // A panel that had no result when the window closed has nothing to come back to.
    if (runId === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = resultBundle(this.#services.extensionUri).options;
    const view = new ResultView(panel, this.#services);
    try {
      await view.showRun(await openStored(runId, this.#store, this.#engine));
    } catch (thrown) {
      this.#services.log.warn(describeError(thrown).message);
      view.showFailed(panel.title, describeError(thrown));
    }
  }
}

/** Reads a run of the store and makes it known to the engine. */
export async function openStored(
  runId: string,
  store: RunStore,
  engine: EngineClient,
): Promise<ShownRun> {
  const document = await store.read(runId);
  return ShownRun.open(storedRun(store, runId, document), engine, document);
}

function runIdOf(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("runId" in state)) return undefined;
  return typeof state.runId === "string" && state.runId !== "" ? state.runId : undefined;
}
