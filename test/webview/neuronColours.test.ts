import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const samples = join(import.meta.dirname, "..", "..", "samples");
const columns = 3072;

let pages: PanelPages;

beforeAll(async () => {
  pages = await PanelPages.start();
}, 120_000);

afterAll(() => pages.dispose());

/** A neuron's column of a float32 file in npy format 1.0, read by its bytes. */
function columnOf(name: string, neuron: number): number[] {
  const bytes = readFileSync(join(samples, name));
  const start = 10 + bytes.readUInt16LE(8);
  const rows = (bytes.length - start) / (4 * columns);
  return Array.from({ length: rows }, (_, row) =>
    bytes.readFloatLE(start + 4 * (row * columns + neuron)),
  );
}

/** The neuron in the first line of the table. */
async function chooseFirst(page: Page): Promise<number> {
  const line = part(page, "neurons").locator("tr[data-neuron]").first();
  const neuron = Number(await line.getAttribute("data-neuron"));
  await line.click();
  return neuron;
}

const legend = (page: Page) => part(page, "colour-legend");
const caption = (page: Page, name: string) => part(page, name).locator("figcaption").textContent();

/** The exact numbers of the column under a heading. */
async function tableColumn(page: Page, name: string, heading: string): Promise<number[]> {
  await part(page, name).locator("[data-part='show-as-table']").click();
  const headings = await part(page, name).locator("th[scope='col']").allTextContents();
  const place = headings.indexOf(heading);
  const values = await part(page, name)
    .locator(".table-box tbody tr")
    .evaluateAll(
      (lines, at) =>
        lines.map((line) => Number((line.children[at] as HTMLElement).dataset["exact"])),
      place,
    );
  await part(page, name).locator("[data-part='show-as-table']").click();
  return values;
}

describe("a chosen neuron", () => {
  it("colours the projections by its activations in the files, and lets go of them again", async () => {
    const { page, faults } = await pages.openPanel();
    await expect(part(page, "colour").isVisible()).resolves.toBe(false);
    const neuron = await chooseFirst(page);
    await eventually(() => legend(page).textContent()).toContain(`neuron ${String(neuron)}`);
    const all = [...columnOf("him.npy", neuron), ...columnOf("her.npy", neuron)];
    for (const name of ["projections-forward", "scatter-forward"]) {
      expect(await tableColumn(page, name, `neuron ${String(neuron)}`)).toEqual(all);
      expect(await caption(page, name)).toContain(
        `coloured by its row's activation of neuron ${String(neuron)}`,
      );
    }
    expect(await sent(page)).toContainEqual({ kind: "neuronValues", neuron });
    await eventually(() => part(page, "status").textContent()).toBe(
      `Projections are coloured by neuron ${String(neuron)}.`,
    );

    await part(page, "colour")
      .getByRole("radio", { name: `by neuron ${String(neuron)}` })
      .focus();
    await page.keyboard.press("ArrowLeft");
    await eventually(() => legend(page).isVisible()).toBe(false);
    expect(await caption(page, "scatter-forward")).not.toContain("coloured by");
    await page.keyboard.press("ArrowRight");
    await eventually(() => legend(page).isVisible()).toBe(true);
    // What is known is not asked for again.
    expect((await sent(page)).filter(({ kind }) => kind === "neuronValues")).toHaveLength(1);
    expect(faults).toEqual([]);
    await page.close();
  });

  it("follows the bars by keyboard, and the line of a row quotes its activation", async () => {
    const { page, faults } = await pages.openPanel();
    const bars = part(page, "loadings-forward").getByRole("slider");
    await bars.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const asked = async () =>
      (await sent(page)).filter(({ kind }) => kind === "neuronValues").at(-1) as unknown as {
        neuron: number;
      };
    await eventually(async () => legend(page).textContent()).toContain(
      `neuron ${String((await asked()).neuron)}`,
    );
    const { neuron } = await asked();
    await part(page, "projections-forward").getByRole("slider").focus();
    await page.keyboard.press("Home");
    const readout = part(page, "projections-forward").locator("[data-part='readout']");
    await eventually(() => readout.textContent()).toMatch(
      new RegExp(`^Row \\d+ \\((him|her)\\).*; neuron ${String(neuron)}: [−\\d]`),
    );
    expect(faults).toEqual([]);
    await page.close();
  });

  it("says in one line if its activations cannot be read, and tries again when it is chosen again", async () => {
    const { page } = await pages.openPanel();
    const neuron = await chooseFirst(page);
    await eventually(() => legend(page).isVisible()).toBe(true);
    const next = part(page, "neurons").locator("tr[data-neuron]").nth(1);
    const other = Number(await next.getAttribute("data-neuron"));
    await next.click();
    await eventually(() => legend(page).textContent()).toContain(`neuron ${String(other)}`);
    expect(neuron).not.toBe(other);
    await page.evaluate((failed) => {
      postMessage({ kind: "neuronValues", neuron: failed, why: "her.npy cannot be read." }, "*");
    }, other);
    await eventually(() => part(page, "colour-status").textContent()).toBe(
      "her.npy cannot be read.",
    );
    await expect(legend(page).isVisible()).resolves.toBe(false);
    await next.click();
    await eventually(() => legend(page).isVisible()).toBe(true);
    await expect(part(page, "colour-status").isVisible()).resolves.toBe(false);
    await page.close();
  });

  const themes = ["light", "dark", "highContrast", "highContrastLight"] as const;
  it.each(themes.flatMap((theme) => [1280, 500].map((width) => [theme, width] as const)))(
    "is drawn in the theme %s at %i pixels, and nothing is cut off",
    async (theme: ThemeName, width) => {
      const { page, faults } = await pages.openPanel({ theme, width });
      await chooseFirst(page);
      await eventually(() => legend(page).isVisible()).toBe(true);
      await part(page, "projections").scrollIntoViewIfNeeded();
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      await part(page, "projections").screenshot({
        path: join(output, `neuron-colours-${theme}-${String(width)}.png`),
      });
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});
