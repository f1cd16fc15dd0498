import { describe, expect, test } from "vitest";
import { expectHimOverHer } from "./support/golden.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("the ways to a separation", () => {
  let workbench: Workbench;

  useWorkbench("samples", (opened) => (workbench = opened), {
    firstFile: "him.npy",
    closesEditors: true,
  });

  test("the palette's command needs two keystrokes after its name", async () => {
    await workbench.typeCommand("Eigenlens: Run GED Separation");
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.page.keyboard.press("Enter");
    await expectHimOverHer(await ResultPanel.showing(workbench));
    expect(await workbench.tabNames()).toEqual(["him vs her"]);
  });

  test("two files selected in the explorer: the roles are shown, and run", async () => {
    await workbench.selectFiles("him.npy", "her.npy");
    await workbench.chooseFromMenu(workbench.explorerRow("him.npy"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await expect.poll(() => workbench.quickInputLabels()).toContain("him vs her");
    await workbench.quickInputRow("him vs her").click();
    await expectHimOverHer(await ResultPanel.showing(workbench));
  });

  test("two files selected in the explorer: the roles can be exchanged before running", async () => {
    await workbench.selectFiles("him.npy", "her.npy");
    await workbench.chooseFromMenu(workbench.explorerRow("her.npy"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await workbench.quickInputRow("her vs him").click();
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toBe("her vs him");
    expect(await panel.text("headline")).toMatch(
      /^her vs him: .*component 1 varies .* as much for her as for him/,
    );
    expect(await panel.directionFact("forward", "eigenvalue")).toBe("170.0");
    expect(await panel.directionFact("swapped", "eigenvalue")).toBe("187.9");
  });

  test("one file selected in the explorer: the other is asked for", async () => {
    await workbench.chooseFromMenu(workbench.explorerRow("him.npy"), "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await expect.poll(() => workbench.quickInputLabels()).toContain("him vs her");
    await workbench.page.keyboard.press("Enter");
    await expectHimOverHer(await ResultPanel.showing(workbench));
  });

  test("the side panel: marks a target and a reference, and runs", async () => {
    const side = await SidePanel.open(workbench);
    const him = side.row("Activations", "him.npy");
    await side.rowSays(him, "53 x 3072 f32");
    await side.pressInRow(him, "Mark as Target");
    const run = "Run Marked Target and Reference";
    await side.pressInRowUntil(
      side.row("Activations", "her.npy"),
      "Mark as Reference",
      side.inTitle("Activations", run),
    );
    await side.pressInTitle("Activations", run);
    await expectHimOverHer(await ResultPanel.showing(workbench));
    await side.rowSays(side.rows("Runs").first(), "him vs her · 21,286× in sample");
  });

  test("a past run opens again from the side panel", async () => {
    const side = await SidePanel.open(workbench);
    await side.row("Runs", "him vs her").click();
    await expectHimOverHer(await ResultPanel.showing(workbench));
  });

  test("a deleted run comes back with Undo", async () => {
    const side = await SidePanel.open(workbench);
    const runs = side.rows("Runs");
    const before = await runs.count();
    const { page } = workbench;
    const dialog = page.locator(".monaco-dialog-box").getByRole("button", { name: "Delete" });
    await side.pressInRowUntil(runs.first(), "Delete Run", dialog);
    await dialog.click();
    await expect.poll(() => runs.count()).toBe(before - 1);
    expect(await workbench.toast("was deleted")).toBe("The run him vs her was deleted.");
    await page.locator(".notifications-toasts").getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => runs.count()).toBe(before);
    await expect
      .poll(() => side.view("Runs").locator(".message").innerText())
      .toMatch(/^\d[\d.]*\u00a0MB stored$/);
  });
});

describe("a file that holds both conditions", () => {
  let workbench: Workbench;

  useWorkbench("container", (opened) => (workbench = opened), {
    firstFile: "both.safetensors",
    closesEditors: true,
  });

  test("proposes its tensors", async () => {
    const file = workbench.explorerRow("both.safetensors");
    await workbench.chooseFromMenu(file, "Run GED Separation");
    await workbench.quickInputTitle("Run GED Separation");
    await expect.poll(() => workbench.quickInputLabels()).toContain("him vs her");
    await workbench.page.keyboard.press("Enter");
    await expectHimOverHer(await ResultPanel.showing(workbench), "53 + 53 rows");
  });

  test("shows its tensors in the side panel, where each can be marked", async () => {
    const side = await SidePanel.open(workbench);
    await side.row("Activations", "both.safetensors").click();
    const her = side.row("Activations", "her");
    await side.rowSays(her, "53 x 3072 f32");
    await side.pressInRow(her, "Mark as Target");
    const run = "Run Marked Target and Reference";
    await side.pressInRowUntil(
      side.row("Activations", "him"),
      "Mark as Reference",
      side.inTitle("Activations", run),
    );
    await side.pressInTitle("Activations", run);
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toBe("her vs him");
    expect(await panel.directionFact("forward", "eigenvalue")).toBe("170.0");
  });
});
