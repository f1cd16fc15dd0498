import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ValidationReport } from "../../src/protocol/results.ts";
import {
  eventually,
  output,
  overflow,
  PanelPages,
  part,
  violations,
} from "./support/panelPages.ts";
import type { ThemeName } from "./support/themes.ts";

let pages: PanelPages;

beforeAll(async () => {
  pages = await PanelPages.start();
}, 120_000);

afterAll(() => pages.dispose());

/** A panel in which a validation has come to its end. */
async function validated(options: Parameters<PanelPages["openPanel"]>[0] = {}) {
  const opened = await pages.openPanel(options);
  const { page } = opened;
  await part(page, "validation-permutations").locator("input").fill("60");
  await part(page, "validate").click();
  await part(page, "learning-curve").locator("canvas").waitFor({ timeout: 110_000 });
  await eventually(() => part(page, "validation-progress").isVisible()).toBe(false);
  return opened;
}

/** The last report that the host sent to the page. */
const reportOf = (page: Page): Promise<ValidationReport> =>
  page.evaluate(() => globalThis.receivedReport as ValidationReport);

/** The numbers of a figure's table, with full precision, by row; texts as they are. */
async function tableOf(page: Page, name: string): Promise<(number | string)[][]> {
  await part(page, name).locator("[data-part='show-as-table']").click();
  const rows = await part(page, name)
    .locator(".table-box tbody tr")
    .evaluateAll((lines: HTMLElement[]) =>
      lines.map((line) =>
        [...line.children].map((cell) => {
          const { exact } = (cell as HTMLElement).dataset;
          return exact === undefined ? (cell.textContent ?? "") : Number(exact);
        }),
      ),
    );
  await part(page, name).locator("[data-part='show-as-table']").click();
  return rows;
}

const themes = ["light", "dark", "highContrast", "highContrastLight"] as const;

describe("the pictures of what is held out", { timeout: 170_000 }, () => {
  it("lead as soon as they are known, with the report's own numbers", async () => {
    const { page, faults } = await pages.openPanel();
    const top = () => part(page, "loadings").boundingBox();
    const before = await top();
    await part(page, "validation-permutations").locator("input").fill("60");
    await part(page, "validate").click();
    await part(page, "learning-curve").locator("canvas").waitFor({ timeout: 110_000 });
    expect(await violations(page)).toEqual([]);
    expect(before).toBeDefined();
    expect(await reportOf(page)).toBeDefined();
    expect(await tableOf(page, "held-out-spectrum")).toBeDefined();
    expect(faults).toEqual([]);
    await page.close();
  });

  it.each(themes.flatMap((theme) => [1280, 500].map((width) => [theme, width] as const)))(
    "are drawn in the theme %s at %i pixels, and nothing is cut off",
    async (theme: ThemeName, width) => {
      const { page, faults } = await validated({ theme, width });
      await page.screenshot({
        path: join(output, `held-out-${theme}-${String(width)}.png`),
        fullPage: true,
      });
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});
