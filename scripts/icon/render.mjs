// Draws the icon of the registries, extension/media/icon.png, from icon.svg beside this file.
// node scripts/icon/render.mjs
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findBrowser } from "../../test/editor/browser.mjs";
import { root } from "../../test/editor/paths.mjs";

const size = 256;
const drawing = readFileSync(fileURLToPath(new URL("icon.svg", import.meta.url)), "utf8");
const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  const path = join(root, "extension", "media", "icon.png");
  await page.screenshot({ path, omitBackground: true });
} finally {
  await browser.close();
}
