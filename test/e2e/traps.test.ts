import { describe, expect, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { traps, type Trap } from "./support/traps.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("rows that only seem to hold a direction", () => {
  let workbench: Workbench;

  useWorkbench("traps", (opened) => (workbench = opened), {
    firstFile: "scaled.ged.safetensors",
    closesEditors: true,
  });

  const warnings: Record<Trap, RegExp> = {
    repeated:
      /Rows repeat each other \(75 target rows, 15 distinct; 75 reference rows, 15 distinct\)/,
    shuffled: /counterpart in the other condition .* come in pairs that nobody named/,
    scaled: /the target is larger overall, and no direction of its own is shown/,
  };

  test.each(traps)("are seen through where their document is opened: %s", async (trap) => {
    // A file that is opened before the extension is there opens as text.
    await SidePanel.open(workbench);
    await workbench.showExplorer();
    await workbench.selectFiles(`${trap}.ged.safetensors`);
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.part("verdict").textContent()).toMatch(/^(does not hold|not shown)$/);
    const warned = panel.part("validation-warnings");
    await expect.poll(() => warned.textContent()).toMatch(warnings[trap]);
    for (const theme of ["light", "dark"] as const) {
      await workbench.useTheme(theme);
      await panel.part("headline").scrollIntoViewIfNeeded();
      await screenshot(workbench, `trap-${trap}-${theme}`);
      await warned.scrollIntoViewIfNeeded();
      await screenshot(workbench, `trap-${trap}-${theme}-warnings`);
    }
  });
});
