import { describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { inEveryTheme, overflow } from "./support/everyTheme.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("conditions that are alike", () => {
  let workbench: Workbench;

  useWorkbench("noise", (opened) => (workbench = opened), { firstFile: "noise_her.npy" });

  test("show nothing once rows are held out: run, validated and read by keyboard", async () => {
    await SidePanel.open(workbench);
    const { keyboard } = workbench.page;
    await workbench.typeCommand("Eigenlens: Run GED Separation");
    await keyboard.press("Enter");
    await workbench.quickInputTitle("Run GED Separation");
    await keyboard.press("Enter");
    const panel = await ResultPanel.showing(workbench);
    // In sample they look like a find; the headline says that nothing was tested.
    await expect.poll(() => panel.text("headline")).toMatch(/not tested yet/);
    await panel.part("validate").focus();
    await keyboard.press("Enter");
    await expect
      .poll(() => panel.part("verdict").textContent(), { timeout: 110_000, interval: 500 })
      .toMatch(/^(does not hold|not shown)$/);
    await panel.part("validation-progress").waitFor({ state: "hidden", timeout: 110_000 });
    expect(await panel.text("headline")).toMatch(/^him vs her: (does not hold|not shown)/);

    const spectrum = panel.part("held-out-spectrum");
    await expect
      .poll(() => spectrum.locator("figcaption").textContent())
      .toMatch(/^None of the first 5 components/);
    expect(await panel.part("evidence").locator("input[value='heldOut']").isChecked()).toBe(true);
    await expect
      .poll(() => panel.part("projections-forward").locator("figcaption").textContent())
      .toMatch(/^Held out: /);
    expect(await panel.part("loadings-forward").locator("figcaption").textContent()).toMatch(
      /No neuron is beyond what permuted labels give/,
    );

    await inEveryTheme(workbench, panel.frame, async (name) => {
      for (const part of ["title", "spectrum", "loadings", "projections", "validation"]) {
        await panel.part(part).scrollIntoViewIfNeeded();
        await workbench.page.waitForTimeout(300);
        await screenshot(workbench, `noise-${part}-${name}`);
      }
      expect(await overflow(panel.frame)).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(panel.frame)).toEqual([]);
    });
  }, 400_000);
});
