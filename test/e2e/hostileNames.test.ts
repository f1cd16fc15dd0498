import { describe, expect, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";
import { harmlessTensors } from "./support/workspaces.ts";

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

  test("tensors are called by plain text in the choice, the views and the panel", async () => {
    const file = workbench.explorerRow("icons.safetensors");
    await workbench.chooseFromMenu(file, "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    const pair = harmlessTensors.join(" vs ");
    await expect.poll(() => workbench.quickInputLabels()).toContain(pair);
    const rows = workbench.quickInputRows;
    expect(
      await rows.locator(".label-name .codicon, .quick-input-list-label-meta .codicon").count(),
    ).toBe(0);
    expect(await rows.locator("a[href], a[data-href]").count()).toBe(0);
    await screenshot(workbench, "hostile-names-in-a-choice");
    await workbench.quickInputRow(pair).click();
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toContain(
      "her](command:workbench.action.terminal.new)\\u202e",
    );
    expect(await workbench.tabNames()).toEqual([pair]);
    const side = await SidePanel.open(workbench);
    await side.rowSays(side.rows("Runs").first(), pair);
    await side.row("Activations", "icons.safetensors").click();
    for (const name of harmlessTensors) {
      const row = side.rows("Activations").filter({ hasText: name }).first();
      await side.rowSays(row, "53 x 3072 f32");
      expect(await row.locator(".label-name .codicon, a").count()).toBe(0);
    }
    await screenshot(workbench, "hostile-names-in-the-views");
  });
});
