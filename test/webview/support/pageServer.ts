import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { webviewPage } from "../../../extension/panels/webviewPage.ts";
import type { InspectorToHost } from "../../../src/protocol/inspector.ts";
import type { PanelToHost } from "../../../src/protocol/panel.ts";
import type { Bundle } from "../../../src/protocol/words/bundle.ts";
import { translationsOf } from "../../../src/protocol/words/translations.ts";
import type { RunHost } from "./runHost.ts";
import { fromWire, toWire } from "./wire.ts";

export interface PageServer {
  /** "http://127.0.0.1:PORT" */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the panel and the inspector on 127.0.0.1 with the host's own HTML and content security
 * policy, on a port that is free.
 * @param root the project's folder
 */
export async function startPageServer(root: string, host: RunHost): Promise<PageServer> {
  const bundles = await bundle(root);
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ""}`;
    const url = new URL(request.url ?? "/", origin);
    const page = { "/": "results", "/inspector": "inspector", "/rebuilt": "rebuilt" }[url.pathname];
    const language = url.searchParams.get("language") ?? "en";
    const file = bundles.get(url.pathname);
    if (url.pathname === "/message") {
      void answer(request, response, host, url.searchParams.get("page") === "/inspector");
    } else if (page !== undefined) {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(
        webviewPage({
          title: "Eigenlens",
          cspSource: origin,
          script: `${origin}/${page}.js`,
          style: `${origin}/${page}.css`,
          translations: translationsOf(language, bundleOf(root, language)),
        }),
      );
    } else if (file !== undefined) {
      const type = url.pathname.endsWith(".css") ? "text/css" : "text/javascript";
      response.setHeader("Content-Type", `${type}; charset=utf-8`);
      response.end(file);
    } else {
      // Among these is the icon that every browser asks for.
      response.statusCode = url.pathname === "/favicon.ico" ? 204 : 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** What VS Code gives the host in a language. */
function bundleOf(root: string, language: string): Bundle | undefined {
  if (language === "en") return undefined;
  const path = join(root, "l10n", `bundle.l10n.${language}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as Bundle;
}

/** The webviews as they are shipped, each script with the bridge before it. */
async function bundle(root: string): Promise<Map<string, string>> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: {
      results: "webview/results/main.ts",
      inspector: "webview/inspector/main.ts",
      rebuilt: "test/webview/support/rebuiltPanel.ts",
      bridge: "test/webview/support/bridge.ts",
    },
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    write: false,
    outdir: "output",
    logLevel: "silent",
  });
  const files = new Map(
    result.outputFiles.map((file) => [`/${file.path.split(/[\\/]/).at(-1) ?? ""}`, file.text]),
  );
  const bridge = files.get("/bridge.js") ?? "";
  for (const name of ["/results.js", "/inspector.js", "/rebuilt.js"]) {
    files.set(name, `${bridge}\n${files.get(name) ?? ""}`);
  }
  return files;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  host: RunHost,
  inspector: boolean,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const message = fromWire(Buffer.concat(chunks).toString("utf8"));
  const reply = (said: unknown): void => {
    response.write(`${toWire(said)}\n`);
  };
  if (inspector) await host.inspector(message as InspectorToHost, reply);
  else await host.panel(message as PanelToHost, reply);
  response.end();
}
