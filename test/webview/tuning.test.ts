import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatCount, formatRatio } from "../../src/protocol/words/numbers.ts";
import type { ValidationReport } from "../../src/protocol/results.ts";
import {
  eventually,
  output,
  overflow,
  PanelPages,
  part,
  sent,
  violations,
} from "./support/panelPages.ts";

let pages: PanelPages;

beforeAll(async () => {
  pages = await PanelPages.start();
}, 120_000);

afterAll(() => pages.dispose());

/** Chooses by nested validation, to its end; few permutations and repeats will do. */
async function tune(page: Page): Promise<ValidationReport> {
  for (const [name, value] of [
    ["permutations", "20"],
    ["repeats", "1"],
  ] as const) {
    await part(page, `validation-${name}`).locator("input").fill(value);
  }
  await part(page, "validation-extended").click();
  await part(page, "tune").click();
  await part(page, "tuning").waitFor({ timeout: 200_000 });
  await expect
    .poll(() => part(page, "validation-progress").isVisible(), { timeout: 100_000 })
    .toBe(false);
  return page.evaluate(() => globalThis.receivedReport as ValidationReport);
}

/** The cells of a table, row by row. */
const cells = (page: Page, name: string): Promise<string[][]> =>
  part(page, name)
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
    );

describe("shrinkage and share chosen by nested validation", { timeout: 280_000 }, () => {
  it("show what choosing costs, and the run with the choice at a click, from mouse and keyboard", async () => {
    const { page, faults } = await pages.openPanel();
    const report = await tune(page);
    const { tuning, directions } = report;
    if (tuning === undefined) throw new Error("Nothing was chosen.");
    const asked = (await sent(page)).find(({ kind }) => kind === "validate");
    // What the run has not stored could not be shown.
    const mostShare = pages.host.view.controls.maximalVariance;
    expect(asked).toMatchObject({ options: { tuning: { mostShare }, permutations: 20 } });
    expect(Math.max(...tuning.shares)).toBeLessThanOrEqual(mostShare);
    const ratios = await cells(page, "validation-tuned-ratios");
    expect(ratios.map(([, ratio]) => ratio)).toEqual(
      [
        directions.forward.heldOut?.ratio ?? NaN,
        tuning.given.heldOutRatio,
        tuning.largestRatio,
      ].map(formatRatio),
    );
    const choices = await cells(page, "validation-tuned-choices");
    expect(choices.map(([, count]) => count)).toEqual(
      tuning.folds.map(({ count }) => formatCount(count)),
    );

    for (const theme of ["light", "dark", "highContrast", "highContrastLight"] as const) {
      await page.evaluate((name) => {
        useTheme(name);
      }, theme);
      for (const width of [500, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await eventually(() => overflow(page)).toBe(0);
        await part(page, "tuning").scrollIntoViewIfNeeded();
        await part(page, "validation").screenshot({
          path: join(output, `tuning-${theme}-${String(width)}.png`),
        });
      }
    }

    // The headline is of another choice until this one is shown.
    await expect(part(page, "validation-of-other").isVisible()).resolves.toBe(true);
    await part(page, "show-tuned").focus();
    await page.keyboard.press("Enter");
    await eventually(() => part(page, "validation-of-other").isVisible()).toBe(false);
    await eventually(() => part(page, "show-tuned").count()).toBe(0);
    const resolved = (await sent(page)).filter(({ kind }) => kind === "resolve").at(-1);
    expect(resolved).toMatchObject({
      solution: { shrinkage: tuning.chosen.shrinkage, variance: tuning.chosen.share },
    });
    await eventually(() => part(page, "headline").textContent()).toContain(
      formatRatio(directions.forward.heldOut?.ratio ?? NaN),
    );
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
