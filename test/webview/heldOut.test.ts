import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DirectionReport, ValidationReport } from "../../src/protocol/results.ts";
import {
  eventually,
  output,
  overflow,
  PanelPages,
  part,
  sent,
  violations,
} from "./support/panelPages.ts";
import type { ThemeName } from "./support/themes.ts";

let pages: PanelPages;

beforeAll(async () => {
  pages = await PanelPages.start();
}, 120_000);

afterAll(() => pages.dispose());

/** Validates what is shown, to its end. */
async function validate(page: Page): Promise<void> {
  await part(page, "validation-permutations").locator("input").fill("60");
  await part(page, "validate").click();
  await part(page, "stability").locator("canvas").waitFor({ timeout: 200_000 });
  await expect
    .poll(() => part(page, "validation-progress").isVisible(), { timeout: 60_000 })
    .toBe(false);
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

/** Where each section begins on the page, in pixels. */
const tops = (page: Page): Promise<number[]> =>
  page
    .locator("section[data-part]")
    .evaluateAll((sections) =>
      sections.slice(0, 3).map((each) => each.getBoundingClientRect().top + scrollY),
    );

/** A picture of each part that has held-out values, as it is seen. */
async function photograph(page: Page, name: string): Promise<void> {
  for (const section of ["spectrum", "loadings", "projections"]) {
    await part(page, section).scrollIntoViewIfNeeded();
    // Charts out of view are drawn once they come into view.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await part(page, section).screenshot({
      path: join(output, `held-out-${section}-${name}.png`),
    });
  }
}

const themes = ["light", "dark", "highContrast", "highContrastLight"] as const;

describe("the pictures of what is held out", { timeout: 280_000 }, () => {
  it("lead as soon as they are known, with the report's own numbers, where their places were", async () => {
    const { page, faults } = await pages.openPanel();
    await expect(
      part(page, "evidence").locator("input[value='heldOut']").isDisabled(),
    ).resolves.toBe(true);
    const below = await tops(page);
    const caption = part(page, "projections-forward").locator("figcaption");
    expect(await caption.textContent()).toContain("In sample: nothing has been held out yet.");
    await validate(page);
    const report = await reportOf(page);
    const { forward } = report.directions;
    const moved = (await tops(page)).map((top, i) => top - (below[i] ?? NaN));
    // Captions of other lengths may take another line; figures keep their places.
    expect(Math.max(...moved.map(Math.abs))).toBeLessThan(120);
    expect(await caption.textContent()).toMatch(/^Held out: /);

    expect(await tableOf(page, "held-out-spectrum")).toEqual(
      forward.components.map((own, i) => [
        i + 1,
        own.heldOut?.ratio,
        own.heldOutRatioInterval?.low,
        own.heldOutRatioInterval?.high,
        own.permutedHeldOut?.low,
        own.permutedHeldOut?.median,
        own.permutedHeldOut?.high,
        own.eigenvalue && expect.closeTo(own.eigenvalue, 6),
        own.inSample.ratio,
      ]),
    );
    const rows = await tableOf(page, "projections-forward");
    for (const [column, values] of [
      [2, forward.heldOutScores],
      [3, lowOf(forward.heldOutScoreRanges)],
      [4, highOf(forward.heldOutScoreRanges)],
    ] as const) {
      expect(rows.map((row) => row[column])).toEqual([
        ...(values?.target ?? []),
        ...(values?.reference ?? []),
      ]);
    }
    const [learning] = [await tableOf(page, "learning-curve")];
    expect(learning).toEqual(
      forward.learningCurve?.map(({ rows: count, ratio, low, high }) => [count, ratio, low, high]),
    );
    const known = new Map(forward.stability?.neurons.map((own) => [own.neuron, own]));
    const loadings = await tableOf(page, "loadings-forward");
    expect(loadings).toHaveLength(20);
    for (const [neuron, , low, high, permutedLow, permutedHigh, top, permutedTop, q] of loadings) {
      const own = known.get(Number(neuron));
      expect([low, high]).toEqual([own?.loading.low, own?.loading.high]);
      expect([permutedLow, permutedHigh]).toEqual([
        own?.permuted?.loading.low,
        own?.permuted?.loading.high,
      ]);
      expect([top, permutedTop, q]).toEqual([
        own?.topShare,
        own?.permuted?.topShare,
        own?.q?.loading,
      ]);
    }

    // In sample is one click away, by mouse and by keyboard.
    await part(page, "evidence").locator("input[value='inSample']").click();
    await eventually(() => caption.textContent()).toContain("In sample, as chosen.");
    await part(page, "evidence").locator("input[value='inSample']").focus();
    await page.keyboard.press("ArrowLeft");
    await eventually(() => caption.textContent()).toMatch(/^Held out: /);

    // Held-out values of another solution are never drawn as if they were of this one.
    await part(page, "shrinkage").locator("input").fill("0.1");
    await eventually(() => caption.textContent()).toContain(
      "In sample: held-out values are of γ 0.01 and 99\u00a0%, not of what is shown.",
    );
    expect(await part(page, "held-out-spectrum").getAttribute("aria-label")).toContain(
      "No held-out ratios",
    );
    expect(faults).toEqual([]);
    await page.close();
  });

  it("choose rows by a box, by Shift and by a click, for the inspector to list", async () => {
    const { page, faults } = await pages.openPanel();
    const plot = part(page, "projections-forward").locator("canvas");
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error("The drawing has no size.");
    await page.mouse.move(box.x + 0.1 * box.width, box.y + 0.1 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.45 * box.height, { steps: 4 });
    await page.mouse.up();
    const readout = part(page, "projections-forward").locator("[data-part='readout']");
    await eventually(() => readout.textContent()).toMatch(
      /^\d+ rows chosen; last: Row \d+ \(him\)/,
    );
    const slider = part(page, "projections-forward").getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await eventually(() => readout.textContent()).toMatch(/^2 rows chosen; last: /);
    const chosen = (await sent(page)).filter(({ kind }) => kind === "select").at(-1);
    expect(chosen).toMatchObject({ selection: { kind: "rows", component: 0 } });
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it.each(themes.flatMap((theme) => [1280, 500].map((width) => [theme, width] as const)))(
    "are drawn in the theme %s at %i pixels, and nothing is cut off",
    async (theme: ThemeName, width) => {
      const { page, faults } = await pages.openPanel({ theme, width });
      await validate(page);
      await photograph(page, `${theme}-${String(width)}`);
      expect(await overflow(page)).toBe(0);
      const hidden = await part(page, "neurons")
        .locator(".table-box")
        .evaluate((box) => box.scrollWidth - box.clientWidth);
      expect(hidden).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});

function lowOf(ranges: DirectionReport["heldOutScoreRanges"]) {
  return ranges && { target: ranges.target.low, reference: ranges.reference.low };
}

function highOf(ranges: DirectionReport["heldOutScoreRanges"]) {
  return ranges && { target: ranges.target.high, reference: ranges.reference.high };
}
