import type * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import { sourcePath } from "../activations/sourcePath.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import { logFailure } from "../logFailure.ts";
import { baseName } from "../naming.ts";
import { recordOf } from "../runs/storedRun.ts";
import type { EditorFiller } from "./laterPanels.ts";
import type { PanelServices } from "./panelServices.ts";
import { ResultView } from "./resultView.ts";
import { resultBundle } from "./webviewBundle.ts";
import { ShownRun } from "../runs/shownRun.ts";

/** Opens `*.ged.safetensors` files as the result panel that they were saved from. */
export class RunDocumentEditor implements EditorFiller {
  readonly #services: PanelServices;
  readonly #engine: EngineClient;

  constructor(services: PanelServices, engine: EngineClient) {
    this.#services = services;
    this.#engine = engine;
  }

  async resolveCustomEditor(
    { uri }: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    panel.webview.options = resultBundle(this.#services.extensionUri).options;
    const view = new ResultView(panel, this.#services);
    const read = () => this.#engine.calls.readDocument({ path: sourcePath(uri) });
    try {
      const document = await read();
      const runId = `document:${uri.toString()}`;
      const stored = { runId, record: recordOf(document), place: sourcePath(uri), read };
      await view.showRun(await ShownRun.open(stored, this.#engine, document));
    } catch (thrown) {
      logFailure(this.#services.log, thrown);
      view.showFailed(baseName(uri.path), describeError(thrown));
    }
  }
}
