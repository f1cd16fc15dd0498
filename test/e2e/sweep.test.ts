import type { Frame } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { plantedLayer } from "./support/layers.ts";
import { overflow } from "./support/everyTheme.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import { themes, type Workbench } from "./support/workbench.ts";

const page = '[data-part="sweep"]';
/** Twelve layers of a thousand permutations each. */
const deadline = 400_000;

describe("a sweep over the layers of a model", () => {
  let workbench: Workbench;

  useWorkbench("layers", (opened) => (workbench = opened), {
    firstFile: "model.safetensors",
    closesEditors: true,
  });

  beforeEach(async () => {
    await SidePanel.open(workbench);
  });

  const finding = (frame: Frame) => frame.locator('[data-part="sweep-finding"]').innerText();

  async function sweep(file: string): Promise<Frame> {
    await workbench.runCommand("Eigenlens: Sweep Layers");
    await workbench.quickInputTitle("Sweep Layers");
    await workbench.quickInputRow(file).waitFor();
    const rows = await workbench.quickInputRows.allInnerTexts();
    expect(rows.map((row) => row.replace(/\s*\n\s*/g, "").trim()).sort()).toEqual([
      "model.safetensors12 layers, him / her",
      "noise.safetensors12 layers, him / her",
    ]);
    await workbench.quickInputRow(file).click();
    const frame = await workbench.webview(page);
    await expect.poll(() => finding(frame), { timeout: deadline / 2 }).toMatch(/^Shown in /);
    return frame;
  }

  test(
    "finds the layer that carries him, with a p that counts all of them",
    async () => {
      const frame = await sweep("model.safetensors");
      expect(await finding(frame)).toMatch(
        new RegExp(
          `^Shown in layer ${plantedLayer}: him varies \\S+× as much as her held out; p = 0\\.\\d+, counting all layers and both directions$`,
        ),
      );
      const rows = frame.locator('[data-part="sweep-table-forward"] tbody tr');
      expect(await rows.count()).toBe(12);
      const cells = await rows.nth(plantedLayer).locator("th, td").allInnerTexts();
      // Corrected p at most 0.05, and not below that of the layer alone.
      expect(Number(cells[3])).toBeLessThanOrEqual(0.05);
      expect(Number(cells[3])).toBeGreaterThanOrEqual(Number(cells[4]));

      for (const theme of themes) {
        await workbench.useTheme(theme);
        await screenshot(workbench, `sweep-${theme}`);
        expect(await accessibilityFaults(frame)).toEqual([]);
      }

      // By keyboard, and with what the sweep has found: nothing is validated again.
      const open = rows.nth(plantedLayer).locator('[data-part="open-layer"]');
      await open.focus();
      await workbench.page.keyboard.press("Enter");
      const panel = await ResultPanel.showing(workbench);
      await expect.poll(() => panel.text("headline")).toContain(`varies ${cells[1]} `);
      expect(await panel.part("validation-progress").isVisible()).toBe(false);
    },
    deadline,
  );

  test(
    "shows nothing in noise, at any width",
    async () => {
      const frame = await sweep("noise.safetensors");
      expect(await finding(frame)).toMatch(
        /^Shown in no layer: the strongest is layer \d+, .*; p = \S+, counting all layers/,
      );
      const size = workbench.page.viewportSize();
      await workbench.page.setViewportSize({ width: 860, height: 900 });
      await screenshot(workbench, "sweep-narrow");
      expect(await overflow(frame)).toBeLessThanOrEqual(0);
      // Neither is a table cut off.
      for (const direction of ["forward", "swapped"]) {
        const table = frame.locator(`[data-part="sweep-table-${direction}"]`);
        expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
      }
      if (size) await workbench.page.setViewportSize(size);
    },
    deadline,
  );
});
