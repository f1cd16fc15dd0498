import { describe, expect, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("two editors of one run document", () => {
  let workbench: Workbench;

  useWorkbench("documents", (opened) => (workbench = opened), {
    firstFile: "whole.ged.safetensors",
    closesEditors: true,
  });

  test("have nothing to do with each other", async () => {
    // A file that is opened before the extension is there opens as text.
    await SidePanel.open(workbench);
    await workbench.showExplorer();
    await workbench.selectFiles("whole.ged.safetensors");
    await ResultPanel.showing(workbench);
    await workbench.runCommand("View: Split Editor Right");
    const [moved, still] = await ResultPanel.both(workbench);
    await still.chooseComponent(1);
    const headline = await still.text("headline");
    const shrinkage = await still.fact("shrinkage");

    await moved.part("shrinkage").locator("input").fill("0.4");
    await expect.poll(() => moved.fact("shrinkage")).toContain("γ 0.4,");
    expect(await still.fact("shrinkage")).toBe(shrinkage);
    expect(await still.text("headline")).toBe(headline);

    // What the other asks for now is still of its own solution.
    await still.chooseComponent(2);
    await moved.chooseComponent(2);
    const loadings = async (panel: ResultPanel) => {
      await expect.poll(() => panel.text("headline")).toMatch(/component 2 /i);
      return panel.tableOf("loadings-forward");
    };
    const [ofMoved, ofStill] = [await loadings(moved), await loadings(still)];
    expect(ofStill).not.toEqual(ofMoved);
    await screenshot(workbench, "two-editors");

    // Undone, both say the same again.
    await moved.part("undo").click();
    await expect.poll(() => moved.fact("shrinkage")).toBe(shrinkage);
    await expect.poll(() => moved.tableOf("loadings-forward")).toEqual(ofStill);
    expect(await still.tableOf("loadings-forward")).toEqual(ofStill);
  });
});
