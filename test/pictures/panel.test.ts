import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../editor/paths.mjs";
import { validatedHeadline } from "../e2e/support/golden.ts";
import { ResultPanel } from "../e2e/support/resultPanel.ts";
import { SidePanel } from "../e2e/support/sidePanel.ts";
import { useWorkbench } from "../e2e/support/useWorkbench.ts";
import type { Workbench } from "../e2e/support/workbench.ts";

const folder = join(root, "docs", "pictures");

describe("the sample data, run and validated", () => {
  let workbench: Workbench;
  let side: SidePanel;
  let panel: ResultPanel;

  useWorkbench(
    "samples",
    async (opened) => {
      workbench = opened;
      await workbench.page.setViewportSize({ width: 1440, height: 900 });
      side = await SidePanel.open(workbench);
      await workbench.typeCommand("Eigenlens: Run GED Separation");
      await workbench.page.keyboard.press("Enter");
      await workbench.quickInputTitle("Run GED Separation");
      await workbench.page.keyboard.press("Enter");
      panel = await ResultPanel.showing(workbench);
    },
    { firstFile: "him.npy" },
  );

  test("is validated", async () => {
    await panel.part("validate").click();
    await expect
      .poll(() => panel.text("headline"), { timeout: 150_000, interval: 500 })
      .toMatch(validatedHeadline);
    // What follows the headline comes in later.
    await expect
      .poll(() => side.row("Runs", "him vs her").getAttribute("aria-label"), { timeout: 60_000 })
      .toMatch(/holds/);
  });

  test.each(["light", "dark"] as const)("in a %s theme", async (theme) => {
    await workbench.useTheme(theme);
    await side.inspector("Component 1");
    await panel.part("headline").scrollIntoViewIfNeeded();
    await workbench.page.mouse.move(0, 0);
    await workbench.page.waitForTimeout(1_000);
    mkdirSync(folder, { recursive: true });
    await workbench.page.screenshot({ path: join(folder, `panel-${theme}.png`) });
  });
});
