import * as vscode from "vscode";
import { englishStrings } from "../../src/protocol/strings.ts";
import { webviewPage } from "./webviewPage.ts";

/** One of the webviews: what it may load and its page. */
export interface WebviewBundle {
  readonly options: vscode.WebviewOptions;
  page(webview: vscode.Webview): string;
}

/** @param name of the bundle below `dist/webview`, the only folder that the webview may read */
export function webviewBundle(
  extensionUri: vscode.Uri,
  name: "results" | "inspector" | "file" | "sweep",
  title: string,
): WebviewBundle {
  const folder = vscode.Uri.joinPath(extensionUri, "dist", "webview");
  return {
    options: { enableScripts: true, localResourceRoots: [folder] },
    page: (webview) =>
      webviewPage({
        language: vscode.env.language,
        title,
        cspSource: webview.cspSource,
        script: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.js`)).toString(),
        style: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.css`)).toString(),
        strings: translatedStrings(),
      }),
  };
}

/** The webviews' texts that VS Code's language has a translation of. */
function translatedStrings(): Record<string, string> {
  const translated: Record<string, string> = {};
  for (const [key, english] of Object.entries(englishStrings)) {
    const text = vscode.l10n.t(english);
    if (text !== english) translated[key] = text;
  }
  return translated;
}
