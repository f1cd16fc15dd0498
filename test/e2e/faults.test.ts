import { describe, expect, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { retry } from "./support/retry.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";
import { screenshot } from "./support/screenshots.ts";

describe("a file with values that are not finite", () => {
  let workbench: Workbench;

  useWorkbench("broken", (opened) => (workbench = opened), {
    firstFile: "nan.npy",
    closesEditors: true,
  });

  test("gets one line that says where, and leaves everything as it was", async () => {
    await workbench.selectFiles("nan.npy", "sound.npy");
    await workbench.chooseFromMenu(workbench.explorerRow("nan.npy"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.page.keyboard.press("Enter");
    const panel = await ResultPanel.showingScreen(workbench, "failed");
    const line = await panel.text("failure");
    expect(line).toContain("nan.npy");
    expect(line).toMatch(/row 3, column 5/);
    expect(line).not.toMatch(/\n|\bat \S+:\d+/);
    const side = await SidePanel.open(workbench);
    expect(await side.rows("Runs").count()).toBe(0);
  });
});

describe("files with neurons for rows", () => {
  let workbench: Workbench;

  useWorkbench("broken", (opened) => (workbench = opened), {
    firstFile: "turned_him.npy",
    closesEditors: true,
  });

  test("are turned by the button under the line that suspects it", async () => {
    await workbench.selectFiles("turned_him.npy", "turned_her.npy");
    await workbench.chooseFromMenu(workbench.explorerRow("turned_him.npy"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.page.keyboard.press("Enter");
    // Files of different width are not proposed together.
    await workbench.page.getByPlaceholder(/^Reference: /).waitFor();
    await workbench.page.keyboard.press("Enter");
    const failed = await ResultPanel.showingScreen(workbench, "failed");
    expect(await failed.text("failure")).toContain("if its 40 rows are the neurons");
    await screenshot(workbench, "failed-with-remedy");
    await failed.part("remedy").click();
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.fact("neurons")).toBe("40 neurons");
    expect(await panel.fact("rows")).toBe("14 + 15 rows");
  });
});

describe("a run document that is not what it should be", () => {
  let workbench: Workbench;

  useWorkbench("documents", (opened) => (workbench = opened), {
    firstFile: "cut.ged.safetensors",
    closesEditors: true,
  });

  const lines: readonly (readonly [string, RegExp])[] = [
    ["cut", /cut\.ged\.safetensors is a damaged run document: .*cut short; copy it again, or run/],
    ["newer", /written by a newer Eigenlens \(format 9\.1\.0, .*: update Eigenlens\.$/],
  ];
  for (const [name, line] of lines) {
    test(`says so in one line where its run would be shown: ${name}`, async () => {
      // Until the editor has read what extensions offer, it opens any file as text.
      const panel = await retry(`the editor of run documents shows ${name}`, 60_000, async () => {
        await workbench.closeAllEditors();
        await workbench.selectFiles(`${name}.ged.safetensors`);
        return ResultPanel.showingScreen(workbench, "failed", 8_000);
      });
      const shown = await panel.text("failure");
      expect(shown).toMatch(line);
      expect(shown).not.toMatch(/\n|unexpectedly/);
      expect(await workbench.toasts.allInnerTexts()).toEqual([]);
    });
  }

  test("does not keep a whole one from its panel", async () => {
    await workbench.selectFiles("whole.ged.safetensors");
    const frame = await workbench.webview('[data-part="panel"] [data-part="headline"]');
    expect(await frame.locator('[data-part="headline"]').innerText()).toContain("him");
  });
});

describe("a run that takes long", () => {
  let workbench: Workbench;

  useWorkbench("large", (opened) => (workbench = opened), { firstFile: "target.npy" });

  test("is cancelled from its panel and leaves no trace", async () => {
    await workbench.selectFiles("target.npy", "reference.npy");
    await workbench.closeAllEditors();
    await workbench.chooseFromMenu(workbench.explorerRow("target.npy"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.page.keyboard.press("Enter");
    const panel = await ResultPanel.showingScreen(workbench, "computing");
    await panel.part("cancel").click();
    await expect.poll(() => workbench.tabNames()).toEqual([]);
    const side = await SidePanel.open(workbench);
    expect(await side.rows("Runs").count()).toBe(0);
    expect(await workbench.toasts.allInnerTexts()).toEqual([]);
  });
});
