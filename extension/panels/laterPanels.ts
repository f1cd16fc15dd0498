import type * as vscode from "vscode";

/** Fills an editor's panel; a document of ours is nothing but its address. */
export type EditorFiller = Pick<vscode.CustomReadonlyEditorProvider, "resolveCustomEditor">;

/** @param load gives the serializer; called when a panel comes back after a window reload */
export function laterSerializer(
  load: () => Promise<vscode.WebviewPanelSerializer>,
): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel: async (panel, state: unknown) =>
      (await load()).deserializeWebviewPanel(panel, state),
  };
}

/** @param load gives what fills the editor; called when one is opened */
export function laterEditor(
  load: () => Promise<EditorFiller>,
): vscode.CustomReadonlyEditorProvider {
  return {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async (document, panel, token) =>
      (await load()).resolveCustomEditor(document, panel, token),
  };
}

/** @param load gives the provider; called once, when the view is first opened */
export function laterView(
  load: () => Promise<vscode.WebviewViewProvider>,
): vscode.WebviewViewProvider {
  let loaded: Promise<vscode.WebviewViewProvider> | undefined;
  return {
    resolveWebviewView: async (view, context, token) =>
      (await (loaded ??= load())).resolveWebviewView(view, context, token),
  };
}
