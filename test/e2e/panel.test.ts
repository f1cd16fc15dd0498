import { describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { expectHimOverHer, validatedHeadline } from "./support/golden.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import { themes, type Workbench } from "./support/workbench.ts";

describe("the result panel", () => {
  let workbench: Workbench;
  let side: SidePanel;
  let panel: ResultPanel;

  useWorkbench(
    "samples",
    async (opened) => {
      workbench = opened;
      side = await SidePanel.open(workbench);
      await workbench.typeCommand("Eigenlens: Run GED Separation");
      await workbench.page.keyboard.press("Enter");
      await workbench.quickInputTitle("Run GED Separation");
      await workbench.page.keyboard.press("Enter");
      panel = await ResultPanel.showing(workbench);
    },
    { firstFile: "him.npy" },
  );

  test("shows the golden numbers", async () => {
    await expectHimOverHer(panel);
  });

  test("gives the generalized eigenvalues of both directions as a table", async () => {
    const [first, second] = await panel.tableOf("eigenvalues");
    expect(first.slice(0, 3)).toEqual(["1", "187.918", "170.033"]);
    expect(second[1]).toMatch(/^139\.577/);
    expect(await accessibilityFaults(panel.frame)).toEqual([]);
    await panel.part("eigenvalues").locator('[data-part="show-as-table"]').click();
  });

  test("the inspector follows the component that is chosen", async () => {
    await panel.chooseComponent(2);
    const inspector = await side.inspector("Component 2");
    expect(await inspector.subtitle()).toBe("him over her");
    expect(await inspector.fact("Eigenvalue")).toMatch(/^139\.577/);
    await expect
      .poll(() => panel.text("headline"))
      .toMatch(/component 2 varies .* for him as for her/);
  });

  test("the inspector follows a neuron and a sentence", async () => {
    await panel.chooseComponent(1);
    await panel.part("neurons").locator("[data-neuron]").first().click();
    const inspector = await side.inspector("Neuron 98");
    expect(await inspector.fact("Filter")).toMatch(/^0\.222 \(number 1 of 3,072\)/);
    expect(await inspector.fact("Mean")).toMatch(/^0\.051\d? him, [-−]0\.0769 her/);
    await expect.poll(() => panel.text("colour-legend")).toMatch(/^neuron 98\b.*1\.62$/s);
    await panel.part("projections").scrollIntoViewIfNeeded();
    await screenshot(workbench, "panel-neuron-colours");
  });

  test("swap puts the other direction in front", async () => {
    await panel.part("swap").click();
    await expect.poll(() => panel.text("headline")).toMatch(/^her vs him: .* component 1 varies/);
    expect(await panel.text("headline")).toContain("21,783");
    expect(await panel.front()).toBe("swapped");
    const inspector = await side.inspector("Component 1");
    expect(await inspector.subtitle()).toMatch(/^her over him: /);
    expect(await inspector.fact("Eigenvalue")).toMatch(/^170\.033/);
  });

  test("another shrinkage is solved at once, from the covariances", async () => {
    await panel.part("swap").click();
    await panel.part("shrinkage").locator("input").fill("0.1");
    await expect.poll(() => panel.fact("shrinkage")).toContain("γ 0.1,");
    expect(Number(await panel.directionFact("forward", "eigenvalue"))).toBeLessThan(100);
    await panel.part("shrinkage").locator("input").fill("0.01");
    await expect.poll(() => panel.directionFact("forward", "eigenvalue")).toBe("187.9");
  });

  test("a validation adds what survives held out", async () => {
    await panel.part("validate").click();
    await expect
      .poll(() => panel.text("headline"), { timeout: 110_000, interval: 500 })
      .toMatch(validatedHeadline);
    expect(await panel.fact("clusters")).toBe("36 clusters (templates found)");
    const caption = panel.part("projections-forward").locator("figcaption");
    await expect.poll(() => caption.textContent()).toMatch(/^Held out: /);
    await panel.part("evidence").locator("input[value='inSample']").click();
    await expect.poll(() => caption.textContent()).toContain("In sample, as chosen.");
    await workbench.page.keyboard.press("ArrowLeft");
    await expect.poll(() => caption.textContent()).toMatch(/^Held out: /);
    expect(await accessibilityFaults(panel.frame)).toEqual([]);
    await expect
      .poll(() => side.row("Runs", "him vs her").getAttribute("aria-label"))
      .toMatch(/him vs her, holds, 3\.10× held out/);
    await panel.part("validation").scrollIntoViewIfNeeded();
    await screenshot(workbench, "validation");
    await panel.part("title").scrollIntoViewIfNeeded();
  }, 120_000);

  test("a reload brings the panel back as it was", async () => {
    await panel.chooseComponent(3);
    await panel.part("swap").click();
    await panel.chooseComponent(2);
    await side.inspector("Component 2");
    await workbench.reload();
    panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toBe("him vs her");
    expect(await panel.front()).toBe("swapped");
    await expect.poll(() => panel.component()).toBe(2);
    await panel.part("swap").click();
    await expect.poll(() => panel.component()).toBe(3);
    await panel.chooseComponent(1);
    await expectHimOverHer(panel);
    side = await SidePanel.open(workbench);
    await side.inspector("Component 1");
  });

  test.each(themes)("is accessible and drawn anew in a %s theme", async (theme) => {
    await workbench.useTheme(theme);
    const inspector = await side.inspector("Component 1");
    await workbench.page.mouse.move(0, 0);
    await workbench.page.waitForTimeout(500);
    await screenshot(workbench, `panel-and-side-panel-${theme.replace(" ", "-")}`);
    expect(await accessibilityFaults(panel.frame)).toEqual([]);
    expect(await accessibilityFaults(inspector.frame)).toEqual([]);
  });
});
