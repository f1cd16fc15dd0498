import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";
import { harmlessNames } from "./support/workspaces.ts";

describe("a file whose names VS Code would obey", () => {
  let workbench: Workbench;

  useWorkbench("hostile", (opened) => (workbench = opened), {
    firstFile: "link.npz",
    closesEditors: true,
  });

  test("an entry that reads as a link to a command is plain text in the error", async () => {
    const file = workbench.explorerRow("link.npz");
    await workbench.chooseFromMenu(file, "Run GED Separation");
    const text = await workbench.toast("neither numpy nor torch");
    expect(text).toContain("[Fix it] (command:workbench.action.terminal.new)");
    expect(text).toMatch(/use numpy\.savez or torch\.save\.$/);
    await screenshot(workbench, "hostile-name-in-an-error");
    const toast = workbench.toasts.filter({ hasText: "neither numpy nor torch" });
    expect(await toast.locator("a").count()).toBe(0);
    // Where a link would stand, a click does nothing.
    await toast.click();
    await workbench.page.keyboard.press("Enter");
    expect(await workbench.page.locator(".terminal").count()).toBe(0);
    await workbench.clearToasts();
  });

  test("tensors are called by plain text in the choice and in the views", async () => {
    const file = workbench.explorerRow("tensors.safetensors");
    await workbench.chooseFromMenu(file, "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    const rows = workbench.quickInputRows.filter({ hasText: "Target:" });
    const target = `Target: ${harmlessNames[0]} · Reference: ${harmlessNames[1]}`;
    await expect.poll(() => rows.allInnerTexts().then(String)).toContain(target);
    expect(await icons(rows).count()).toBe(0);
    await screenshot(workbench, "hostile-names-in-a-choice");
    await workbench.page.keyboard.press("Escape");
    const side = await SidePanel.open(workbench);
    await side.row("Activations", "tensors.safetensors").click();
    for (const name of harmlessNames) {
      const row = side.rows("Activations").filter({ hasText: name }).first();
      await side.rowSays(row, "53 x 3072 f32");
      expect(await icons(row).count()).toBe(0);
    }
    await screenshot(workbench, "hostile-names-in-the-views");
    await workbench.showExplorer();
  });

  test("conditions are called by plain text, from the choice to the run's panel", async () => {
    await workbench.chooseFromMenu(workbench.explorerRow("labels.csv"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    const pair = harmlessNames.join(" vs ");
    await expect.poll(() => workbench.quickInputLabels()).toContain(pair);
    await workbench.quickInputRow(pair).click();
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toMatch(/^\$\(alert\) warm vs \[cold\].*\\u202e$/);
    expect(await workbench.tabNames()).toEqual([pair]);
    const side = await SidePanel.open(workbench);
    await side.rowSays(side.rows("Runs").first(), pair);
    await screenshot(workbench, "hostile-names-in-a-run");
  });
});

/** Icons and links within the texts of rows; a row's own buttons and its own icon are none. */
function icons(rows: Locator): Locator {
  return rows.locator(".monaco-highlighted-label .codicon, a[href], a[data-href]");
}
