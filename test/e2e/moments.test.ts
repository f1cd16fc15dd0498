import { describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { keptRows, plantedNeuron } from "./support/momentsFiles.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

const file = "layer6.moments.safetensors";
/** From the document alone: what is held out, in which range, and what permuted groups say. */
const validated =
  /^him vs her: holds\. On rows that the fit has not seen, component 1 varies 1\d\.\d× as much for him as for her \([\d.]+ to [\d.]+; p = 0\.00\d+\); in sample 1\d\.\d×/;

describe("moments in place of rows", () => {
  let workbench: Workbench;
  let panel: ResultPanel;

  useWorkbench("moments", (opened) => (workbench = opened), { firstFile: file });

  test("a document is run by a right-click, its two conditions proposed", async () => {
    await workbench.chooseFromMenu(workbench.explorerRow(file), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await expect.poll(() => workbench.quickInputLabels()).toContain("him vs her");
    await workbench.page.keyboard.press("Enter");
    panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toBe("him vs her");
    expect(await panel.fact("rows")).toBe("400 + 380 rows");
    expect(await panel.fact("moments")).toBe("from moments");
    expect(await panel.text("notices")).toContain("From moments: sums over 400 and 380 rows");
    const [first] = await panel.tableOf("eigenvalues");
    expect(Number(first?.[1])).toBeGreaterThan(10);
    await panel.part("eigenvalues").locator('[data-part="show-as-table"]').click();
  });

  test("what needs rows is said to be missing, and what does not is there", async () => {
    const neuron = panel.part("neurons").locator("tbody tr[data-neuron]").first();
    expect(await neuron.getAttribute("data-neuron")).toBe(String(plantedNeuron));
    expect(await panel.text("projections-sampled")).toMatch(/^From moments: there are sums over/);
    for (const part of ["projections-forward", "scatter-forward", "mean-rows", "learning-curve"]) {
      expect(await panel.part(part).isVisible()).toBe(false);
    }
    expect(await panel.part("result").innerText()).not.toContain("NaN");
    const side = await SidePanel.open(workbench);
    await side.rowSays(side.row("Activations", file), "2 conditions");
    await neuron.click();
    const inspector = await side.inspector(`Neuron ${plantedNeuron}`);
    expect(await inspector.fact("Mean")).toMatch(/^[\d.]+ him, [\d.]+ her/);
    expect(await panel.part("notice-problem").count()).toBe(0);
  });

  test("a validation shows a held-out ratio and p without a row", async () => {
    // What takes rows is not offered.
    for (const part of [
      "validation-structure",
      "validation-folds",
      "validation-extended",
      "tune",
    ]) {
      expect(await panel.part(part).isVisible()).toBe(false);
    }
    expect(await panel.part("validation-permutations").isVisible()).toBe(true);
    await panel.part("validate").click();
    await expect
      .poll(() => panel.text("headline"), { timeout: 110_000, interval: 500 })
      .toMatch(validated);
    await panel.part("validation-progress").waitFor({ state: "hidden", timeout: 110_000 });
    expect(await panel.text("validation")).toContain("40 groups of rows were permuted");
    await SidePanel.open(workbench);
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    const size = workbench.page.viewportSize();
    for (const theme of ["light", "dark"] as const) {
      await workbench.useTheme(theme);
      for (const width of [1280, 500]) {
        const beside = 1500 - (await panel.frame.evaluate(() => innerWidth));
        await workbench.page.setViewportSize({ width: width + Math.max(beside, 0), height: 1400 });
        await expect.poll(() => panel.frame.evaluate(() => innerWidth)).toBe(width);
        for (const part of ["title", "projections", "validation"]) {
          await panel.part(part).scrollIntoViewIfNeeded();
          await screenshot(workbench, `moments-${part}-${theme}-${String(width)}`);
        }
        const wider = await panel.frame.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider).toBeLessThanOrEqual(0);
        expect(await accessibilityFaults(panel.frame)).toEqual([]);
        if (size) await workbench.page.setViewportSize(size);
        await expect.poll(() => panel.frame.evaluate(() => innerWidth)).toBe(1500 - beside);
      }
    }
  }, 180_000);

  test("some rows are shown, held out, if the document keeps them with their sentences", async () => {
    await workbench.closeAllEditors();
    await workbench.showExplorer();
    const sampled = workbench.explorerRow("sampled.moments.safetensors");
    await workbench.chooseFromMenu(sampled, "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.page.keyboard.press("Enter");
    panel = await ResultPanel.showing(workbench);
    expect(await panel.fact("rows")).toBe("400 + 380 sentences");
    expect(await panel.text("projections-sampled")).toBe(
      `From moments: ${keptRows} of 400 rows of him and ${keptRows} of 380 of her are shown, drawn at random while they were summed.`,
    );
    await panel.part("validate").click();
    await panel.part("validation-progress").waitFor({ state: "visible" });
    await panel.part("validation-progress").waitFor({ state: "hidden", timeout: 110_000 });
    const caption = panel.part("projections-forward").locator("figcaption");
    await expect.poll(() => caption.textContent()).toMatch(/^Held out: /);
    const table = await panel.tableOf("projections-forward");
    expect(table).toHaveLength(2 * keptRows);
    expect(table[0]?.at(-1)).toMatch(/^I saw him at \d+\.$/);
    await panel.part("projections-forward").locator('[data-part="show-as-table"]').click();
    const side = await SidePanel.open(workbench);
    const slider = panel.part("projections-forward").getByRole("slider");
    await slider.focus();
    await workbench.page.keyboard.press("ArrowRight");
    const inspector = await side.inspector("Row");
    expect(await inspector.frame.locator('[data-part="inspector"]').innerText()).toMatch(
      /I saw (him|her) at \d+\./,
    );
    await panel.part("projections").scrollIntoViewIfNeeded();
    await screenshot(workbench, "moments-sampled");
    expect(await accessibilityFaults(panel.frame)).toEqual([]);
  }, 180_000);

  test("documents of several layers are swept", async () => {
    await workbench.closeAllEditors();
    await workbench.runCommand("Eigenlens: Sweep Layers");
    await workbench.quickInputTitle("Sweep Layers");
    await workbench.page.keyboard.press("Enter");
    const frame = await workbench.webview('[data-part="sweep"]');
    const finding = () => frame.locator('[data-part="sweep-finding"]').innerText();
    await expect
      .poll(finding, { timeout: 110_000, interval: 500 })
      .toMatch(/^Shown in layer 6: him/);
    expect(await frame.locator('[data-part="sweep"]').innerText()).toContain("from moments");
    await screenshot(workbench, "moments-sweep");
    expect(await accessibilityFaults(frame)).toEqual([]);
  }, 180_000);

  test("the palette offers the documents among the activations", async () => {
    await workbench.runCommand("Eigenlens: Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.quickInputRow("Choose target and reference...").click();
    await workbench.quickInputRow(file).waitFor();
    await workbench.page.keyboard.press("Escape");
  });
});
