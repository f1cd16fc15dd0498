import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ValidationReport } from "../../src/protocol/results.ts";
import { npyBytes } from "../support/fileBytes.ts";
import { randomRows } from "../support/random.ts";
import {
  eventually,
  output,
  overflow,
  PanelPages,
  part,
  sent,
  violations,
} from "./support/panelPages.ts";

/** The exact numbers of a table's rows, without the rows' headers; texts as they are. */
const cellsOf = (page: Page, name: string): Promise<(number | string)[][]> =>
  part(page, name)
    .locator("tbody tr")
    .evaluateAll((rows: HTMLElement[]) =>
      rows.map((row) =>
        [...row.querySelectorAll<HTMLElement>("td")].map(({ dataset, textContent }) =>
          dataset["exact"] === undefined ? textContent : Number(dataset["exact"]),
        ),
      ),
    );

/** What the page last chose; the neuron's activations are asked for beside it. */
async function lastSelection(page: Page): Promise<unknown> {
  return (await sent(page)).filter(({ kind }) => kind === "select").at(-1);
}

describe("means and variances of him and her", { timeout: 280_000 }, () => {
  let pages: PanelPages;

  beforeAll(async () => {
    pages = await PanelPages.start();
  }, 120_000);

  afterAll(() => pages.dispose());

  it("are not told apart in sample, and are as soon as a validation has tried both", async () => {
    const { page, faults } = await pages.openPanel();
    const finding = part(page, "means-finding");
    expect(await finding.textContent()).toBe(
      "Whether him and her differ in their means or in their variances is not known: validate with baselines.",
    );
    await eventually(() => part(page, "directions-compared").locator("tbody tr").count()).toBe(4);
    const before = await cellsOf(page, "directions-compared");
    expect(before.map((row) => row.at(-1))).toEqual(["–", "–", "–", "–"]);
    before.forEach((row, i) => {
      expect(row[i]).toBe(1);
      row.slice(0, 4).forEach((value, j) => {
        expect(value).toBeCloseTo(Number(before[j]?.[i]), 12);
      });
    });

    await part(page, "validation-permutations").locator("input").fill("60");
    await part(page, "validate").click();
    await part(page, "stability").locator("canvas").waitFor({ timeout: 200_000 });
    await eventually(() => finding.textContent()).toMatch(/^him and her differ in /);
    const report = await page.evaluate(() => globalThis.receivedReport as ValidationReport);
    const after = await cellsOf(page, "directions-compared");
    expect(after.map((row) => row.at(-1))).toEqual([
      report.directions.forward.heldOut?.auc,
      "–",
      report.baselines?.meanDifference.heldOut?.auc,
      report.baselines?.linearDiscriminant.heldOut?.auc,
    ]);
    await part(page, "means").screenshot({ path: join(output, "means-validated.png") });

    // What was held out of another solution says nothing of this one.
    await part(page, "shrinkage").locator("input").fill("0.1");
    await eventually(() => finding.textContent()).toContain("is not known");
    expect(faults).toEqual([]);
    await page.close();
  });

  it("have directions whose neurons lead to the inspector, by keyboard too, and swap", async () => {
    const { page, faults } = await pages.openPanel();
    const figure = part(page, "loadings-meanDifference");
    await figure.scrollIntoViewIfNeeded();
    await figure.locator("[data-part='show-as-table']").click();
    await eventually(() => figure.locator("tbody tr").count()).toBe(20);
    const [first] = await figure.locator("tbody th").allTextContents();
    const loading = async () => Number((await cellsOf(page, "loadings-meanDifference"))[0]?.[0]);
    const forward = await loading();
    await figure.locator("[data-part='show-as-table']").click();
    await figure.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await eventually(() => lastSelection(page)).toMatchObject({
      kind: "select",
      selection: { kind: "neuron", direction: "forward", neuron: Number(first) },
    });
    await part(page, "swap").click();
    await eventually(() => figure.locator("h3").textContent()).toBe(
      "Mean difference, from him to her",
    );
    await figure.locator("[data-part='show-as-table']").click();
    await eventually(loading).toBe(-forward);
    expect(faults).toEqual([]);
    await page.close();
  });

  it.each(
    (["light", "dark", "highContrast", "highContrastLight"] as const).flatMap((theme) =>
      [1280, 500].map((width) => [theme, width] as const),
    ),
  )("are drawn in the theme %s at %i pixels, and nothing is cut off", async (theme, width) => {
    const { page, faults } = await pages.openPanel({ theme, width });
    await part(page, "means").scrollIntoViewIfNeeded();
    await part(page, "loadings-discriminant").locator("canvas").waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await part(page, "means").screenshot({
      path: join(output, `means-${theme}-${String(width)}.png`),
    });
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe("neurons that vary for one condition only", { timeout: 120_000 }, () => {
  const rows = 40;
  const columns = 12;
  const oneSided = [4, 9];
  let folder: string;
  let pages: PanelPages;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "eigenlens-means-"));
    const write = (name: string, seed: number, silent: number): string => {
      const scale = (column: number): number =>
        column === silent ? 0.01 : oneSided.includes(column) ? 2 : 1;
      const values = Float64Array.from(randomRows(rows, columns, seed, scale).flat());
      const path = join(folder, name);
      writeFileSync(path, npyBytes([rows, columns], new Uint8Array(values.buffer), "<f8"));
      return path;
    };
    // Neuron 4 is nearly constant for "off", neuron 9 for "on".
    pages = await PanelPages.start(write("on.npy", 1, 9), write("off.npy", 2, 4));
  }, 120_000);

  afterAll(async () => {
    await pages.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are named with their variances and lead to the inspector", async () => {
    const { page, faults } = await pages.openPanel({ theme: "light", width: 500 });
    const table = part(page, "one-sided");
    await eventually(() => table.locator("tbody tr").count()).toBe(2);
    const cells = await cellsOf(page, "one-sided");
    const { neurons } = pages.host.view;
    const named = await table.locator("tbody th").allTextContents();
    expect(new Set(named)).toEqual(new Set(["4", "9"]));
    named.map(Number).forEach((neuron, i) => {
      const [target = NaN, reference = NaN] = [
        neurons.targetVariance[neuron],
        neurons.referenceVariance[neuron],
      ];
      expect(cells[i]).toEqual([
        neuron === 4 ? "on" : "off",
        target,
        reference,
        Math.max(target, reference) / Math.min(target, reference),
      ]);
    });
    expect(await part(page, "one-sided-note").textContent()).toMatch(
      /^2 of 12 neurons vary for one condition .* In sample/,
    );
    await table.getByRole("button", { name: "Inspect neuron 4" }).focus();
    await page.keyboard.press("Enter");
    await eventually(() => lastSelection(page)).toMatchObject({
      kind: "select",
      selection: { kind: "neuron", neuron: 4 },
    });
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await part(page, "means").screenshot({ path: join(output, "means-one-sided.png") });
    expect(faults).toEqual([]);
    await page.close();
  });
});
