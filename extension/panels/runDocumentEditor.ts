import type * as vscode from "vscode";
import { describeError } from "../../src/errors.ts";
import { sourcePath } from "../activations/sourcePath.ts";
import type { EngineClient } from "../engine/engineClient.ts";
import { logFailure } from "../logFailure.ts";
import { baseName } from "../naming.ts";
import { recordOf } from "../runs/storedRun.ts";
import type { PanelServices } from "./panelServices.ts";
import { ResultView } from "./resultView.ts";
import { ShownRun } from "../runs/shownRun.ts";

/** Opens `*.ged.safetensors` files as the result panel that they were saved from. */
export class RunDocumentEditor implements vscode.CustomReadonlyEditorProvider {
  static readonly viewType = "eigenlens.runDocument";
  readonly #services: PanelServices;
  readonly #engine: EngineClient;

  constructor(services: PanelServices, engine: EngineClient) {
    this.#services = services;
    this.#engine = engine;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor(
    { uri }: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    panel.webview.options = this.#services.webviewOptions;
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
