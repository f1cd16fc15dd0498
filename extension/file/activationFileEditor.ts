import type * as vscode from "vscode";
import { sourcePath } from "../activations/sourcePath.ts";
import type { EditorFiller } from "../panels/laterPanels.ts";
import { webviewBundle } from "../panels/webviewBundle.ts";
import type { FileEditorServices } from "./fileEditorView.ts";
import { FileEditorView } from "./fileEditorView.ts";

/** Shows what an activation file holds: tensors, shapes, values; from there it can play a role in a run. */
export class ActivationFileEditor implements EditorFiller {
  readonly #services: FileEditorServices;
  readonly #extensionUri: vscode.Uri;

  constructor(services: FileEditorServices, extensionUri: vscode.Uri) {
    this.#services = services;
    this.#extensionUri = extensionUri;
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const bundle = webviewBundle(this.#extensionUri, "file", "Eigenlens");
    panel.webview.options = bundle.options;
    new FileEditorView(sourcePath(uri), panel, this.#services);
    panel.webview.html = bundle.page(panel.webview);
  }
}
