import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { expect } from "vitest";
import { browserArguments, ensureBrowser } from "../../editor/browser.mjs";
import { startPageServer, type PageServer } from "./pageServer.ts";
import { RunHost } from "./runHost.ts";
import type { ThemeName } from "./themes.ts";

const root = join(import.meta.dirname, "..", "..", "..");
/** Where screenshots go. */
export const output = join(import.meta.dirname, "..", "output");
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly userAgent?: string;
}

/** The panel and the inspector of a real run, in a browser. */
export class PanelPages {
  readonly host: RunHost;
  readonly #server: PageServer;
  readonly #browser: Browser;

  private constructor(host: RunHost, server: PageServer, browser: Browser) {
    this.host = host;
    this.#server = server;
    this.#browser = browser;
  }

  /** Those of two files, of the sample data unless said. */
  static async start(
    target = join(root, "samples/him.npy"),
    reference = join(root, "samples/her.npy"),
  ): Promise<PanelPages> {
    mkdirSync(output, { recursive: true });
    const executablePath = await ensureBrowser((line) => {
      console.log(line);
    });
    const host = await RunHost.create(target, reference);
    const server = await startPageServer(root, host);
    const browser = await chromium.launch({ executablePath, args: browserArguments });
    return new PanelPages(host, server, browser);
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    await this.host.dispose();
  }

  /** A page of the panel or inspector that notes what is thrown or refused in it. */
  async open(path: string, options: PageOptions = {}): Promise<{ page: Page; faults: string[] }> {
    const { theme = "dark", width = 1400, userAgent } = options;
    const viewport = { width, height: 900 };
    const page = await this.#browser.newPage({ viewport, ...(userAgent ? { userAgent } : {}) });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    // A violation of the content security policy is said on the console only.
    page.on("console", (said) => {
      if (said.type() === "error") faults.push(said.text());
    });
    await page.goto(`${this.#server.address}${path}?theme=${theme}`);
    return { page, faults };
  }

  async openPanel(options: PageOptions = {}): Promise<{ page: Page; faults: string[] }> {
    const opened = await this.open("/", options);
    await opened.page.locator("[data-part='neurons'] tbody tr[data-neuron]").first().waitFor();
    await opened.page.locator("[data-part^='scatter-']:visible:not([aria-busy='true'])").waitFor();
    return opened;
  }
}

export const part = (page: Page, name: string) => page.locator(`[data-part='${name}']`);

/** What the panel sent to the host so far. */
export const sent = (page: Page): Promise<{ kind: string }[]> =>
  page.evaluate(() => globalThis.sentMessages as { kind: string }[]);

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** An expectation that is met at last, on however busy a machine. */
export const eventually = <T>(value: () => T | Promise<T>) => expect.poll(value);

/** The rules of axe-core that a page breaks, each with the elements. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const found = await axe.run();
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}
