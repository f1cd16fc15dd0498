import * as vscode from "vscode";
import { translations } from "../words/say.ts";
import { webviewPage } from "./webviewPage.ts";

/** One of the webviews: what it may load and its page. */
export interface WebviewBundle {
  readonly options: vscode.WebviewOptions;
  page(webview: vscode.Webview): string;
}

/** The page of every result panel. */
export const resultBundle = (extensionUri: vscode.Uri): WebviewBundle =>
  webviewBundle(extensionUri, "results", "Eigenlens");

/** @param name of the bundle below `dist/webview`, the only folder that the webview may read */
export function webviewBundle(
  extensionUri: vscode.Uri,
  name: "results" | "inspector" | "file" | "sweep" | "pairs" | "comparison",
  title: string,
): WebviewBundle {
  const folder = vscode.Uri.joinPath(extensionUri, "dist", "webview");
  return {
    options: { enableScripts: true, localResourceRoots: [folder] },
    page: (webview) =>
      webviewPage({
        title,
        cspSource: webview.cspSource,
        script: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.js`)).toString(),
        style: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.css`)).toString(),
        translations: translations(),
      }),
  };
}
