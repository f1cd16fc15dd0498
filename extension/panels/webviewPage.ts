import { randomBytes } from "node:crypto";
import type { Translations } from "../../src/protocol/words/translations.ts";

export interface WebviewPage {
  readonly title: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Addresses from `webview.asWebviewUri`. */
  readonly script: string;
  readonly style: string;
  readonly translations: Translations;
}

/**
 * The HTML of a webview: nothing but its bundle. The policy starts from nothing allowed; the nonce lets
 * in our scripts and the styles that the toolkit adds, the source our own files.
 */
export function webviewPage(page: WebviewPage): string {
  const nonce = randomBytes(18).toString("base64url");
  const policy = [
    "default-src 'none'",
    // Only the two scripts below.
    `script-src 'nonce-${nonce}'`,
    // Our style sheet, and the sheets that the toolkit's components bring.
    `style-src ${page.cspSource} 'nonce-${nonce}'`,
    `font-src ${page.cspSource}`,
    // Charts are exported as images.
    `img-src ${page.cspSource} data: blob:`,
    `connect-src ${page.cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.translations.language)}">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}" />
    <meta property="csp-nonce" content="${nonce}" />
    <link rel="stylesheet" href="${escapeHtml(page.style)}" nonce="${nonce}" />
    <title>${escapeHtml(page.title)}</title>
  </head>
  <body>
    <script nonce="${nonce}">globalThis.eigenlensTranslations = ${scriptLiteral(page.translations)};</script>
    <script nonce="${nonce}" src="${escapeHtml(page.script)}"></script>
  </body>
</html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** JSON that cannot end the script element it stands in. */
function scriptLiteral(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
