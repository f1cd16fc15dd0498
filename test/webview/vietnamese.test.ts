import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import bundle from "../../l10n/bundle.l10n.vi.json" with { type: "json" };
import { englishStrings } from "../../src/protocol/strings.ts";
import { translationsOf } from "../../src/protocol/words/translations.ts";
import { browserArguments, ensureBrowser } from "../editor/browser.mjs";
import { startPageServer, type PageServer } from "./support/pageServer.ts";
import { RunHost } from "./support/runHost.ts";

const root = join(import.meta.dirname, "..", "..");
const output = join(import.meta.dirname, "output");

let host: RunHost;
let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  const executablePath = await ensureBrowser((line) => {
    console.log(line);
  });
  host = await RunHost.create(join(root, "samples/him.npy"), join(root, "samples/her.npy"));
  server = await startPageServer(root, host);
  browser = await chromium.launch({ executablePath, args: browserArguments });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await server.close();
  await host.dispose();
});

const part = (page: Page, name: string) => page.locator(`[data-part='${name}']`);

/** Texts of more than a word that are shown, read out or pop up. */
async function shownTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    for (const element of document.querySelectorAll("main *")) {
      for (const name of ["title", "aria-label", "aria-valuetext"]) {
        texts.push(element.getAttribute(name) ?? "");
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? "");
      }
    }
    return texts.map((text) => text.trim()).filter((text) => text.includes(" "));
  });
}

/** Controls, headings and cells whose text is wider or higher than they are. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxes = document.querySelectorAll<HTMLElement>(
      "main :is(h1, h2, h3, h4, button, vscode-button, label, p, figcaption, li, dt, dd, th, td)",
    );
    return [...boxes]
      .filter((box) => box.offsetParent !== null && !box.closest(".readout"))
      .filter(
        (box) =>
          getComputedStyle(box).overflowX !== "visible" && box.scrollWidth > box.clientWidth + 1,
      )
      .map((box) => `${box.tagName} ${box.textContent ?? ""}`);
  });
}

describe("the result panel in Vietnamese", () => {
  it("has no English left and cuts nothing off, narrow or wide", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(`${server.address}/?theme=light&language=vi`);
    await part(page, "neurons").locator("tbody tr[data-neuron]").first().waitFor();
    await expect(part(page, "headline").textContent()).resolves.toBe(
      "him vs her: chưa được kiểm chứng. Trong mẫu, thành phần 1 biến thiên ở him gấp 21.286× so với ở her (phương sai 0,687 so với 0,0000323); chưa có câu nào được để ngoài mẫu.",
    );
    await part(page, "validation-repeats").locator("input").fill("2");
    await part(page, "validation-permutations").locator("input").fill("60");
    await part(page, "validate").click();
    await part(page, "stability").locator("canvas").waitFor({ timeout: 100_000 });
    await expect(part(page, "validation-warnings").textContent()).resolves.toContain(
      "Các câu dùng chung khuôn (106 hàng, 36 khuôn)",
    );

    const { strings } = translationsOf("vi", bundle);
    const english = new Set(
      Object.entries(englishStrings).flatMap(([key, text]) =>
        strings[key as keyof typeof englishStrings] === text || !text.includes(" ") ? [] : [text],
      ),
    );
    const sentences = new Set(host.view.sentences?.target.concat(host.view.sentences.reference));
    for (const text of await shownTexts(page)) {
      expect(english).not.toContain(text);
      // Little words that no Vietnamese sentence has.
      if (!sentences.has(text) && !/: .+ (him|her)\b/.test(text)) {
        expect(text).not.toMatch(/\b(the|of|is|are|with|held|rows?)\b/);
      }
    }
    for (const width of [1280, 500]) {
      await page.setViewportSize({ width, height: 900 });
      // Charts follow the page's width a moment later.
      const overflow = () =>
        page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
      await expect.poll(overflow, { timeout: 30_000 }).toBe(0);
      await expect.poll(() => cutOff(page), { timeout: 30_000 }).toEqual([]);
      await page.screenshot({
        path: join(output, `panel-vi-${String(width)}.png`),
        fullPage: true,
      });
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});
