import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostToPanel } from "../../src/protocol/panel.ts";
import { someTransfer } from "../support/someTransfer.ts";
import { PanelPages, part } from "./support/panelPages.ts";

describe("a panel that is taken away", { timeout: 280_000 }, () => {
  let pages: PanelPages;

  beforeAll(async () => {
    pages = await PanelPages.start();
  }, 120_000);

  afterAll(() => pages.dispose());

  it("leaves no chart, observer or listener behind, however often it is built", async () => {
    const { page, faults } = await pages.open("/rebuilt");
    const empty = await page.evaluate(() => disposePanel());
    expect(empty.charts).toBe(0);

    // What it draws comes while it stands; from then on the model has it.
    await page.evaluate(() => buildPanel());
    await part(page, "neurons").locator("tbody tr[data-neuron]").first().waitFor();
    await page.locator("[data-part^='scatter-']:visible:not([aria-busy='true'])").waitFor();
    const message: HostToPanel = {
      kind: "transfers",
      transfers: [someTransfer("Tried on two rows.")],
      reveal: false,
      kept: true,
    };
    await page.evaluate((sent) => {
      postMessage(sent, "*");
    }, message);
    await part(page, "transfer").waitFor();
    expect(await page.evaluate(() => disposePanel())).toEqual(empty);

    const first = await page.evaluate(() => buildPanel());
    expect(first.charts).toBeGreaterThan(5);
    expect(first.observed).toBeGreaterThan(empty.observed + first.charts);
    expect(first.listeners).toBeGreaterThan(empty.listeners);
    for (let time = 0; time < 3; time += 1) {
      expect(await page.evaluate(() => disposePanel())).toEqual(empty);
      expect(await page.evaluate(() => buildPanel())).toEqual(first);
    }

    // A theme that changes afterwards finds nothing to draw again.
    await page.evaluate(() => {
      disposePanel();
      useTheme("light");
    });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await page.evaluate(() => disposePanel())).toEqual(empty);
    expect(faults).toEqual([]);
    await page.close();
  });
});
