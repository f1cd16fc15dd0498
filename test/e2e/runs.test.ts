import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import { themes, type Workbench } from "./support/workbench.ts";

describe("stored runs", () => {
  let workbench: Workbench;
  let side: SidePanel;
  const place = (name: string) => join(inject("workspaces").samples, name);
  const press = (...keys: readonly string[]) =>
    keys.reduce<Promise<void>>(
      (before, key) => before.then(() => workbench.page.keyboard.press(key)),
      Promise.resolve(),
    );

  useWorkbench(
    "samples",
    async (opened) => {
      workbench = opened;
      side = await SidePanel.open(workbench);
      await workbench.typeCommand("Eigenlens: Run GED Separation");
      await press("Enter");
      await workbench.quickInputTitle("Run GED Separation");
      await press("Enter");
      await ResultPanel.showing(workbench);
    },
    { firstFile: "him.npy" },
  );

  /** Runs a command by its name and chooses the first run. */
  async function ofFirstRun(command: string, title: string): Promise<void> {
    await workbench.typeCommand(command);
    await press("Enter");
    await workbench.quickInputTitle(title);
    await press("Enter");
  }

  /** All of them, by keyboard. */
  async function selectRuns(): Promise<void> {
    await workbench.typeCommand("Eigenlens: Focus on Runs View");
    await press("Enter");
    await side.view("Runs").locator(":focus-within").first().waitFor();
    await press("Home", "Control+a");
  }

  test.each([
    ["Eigenlens: Export Report...", "him-vs-her-component-1.html", /^<!doctype html>/],
    ["Eigenlens: Export Loadings as CSV...", "him-vs-her-component-1.csv", /^"?neuron/i],
  ])("%s leaves its file in the folder", async (command, name, beginning) => {
    await workbench.typeCommand(command);
    await press("Enter");
    await expect.poll(() => workbench.quickInputBox.inputValue()).toContain(name);
    await press("Enter");
    await expect.poll(() => existsSync(place(name)), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => readFileSync(place(name), "utf8")).toMatch(beginning);
  });

  test("Export Direction leaves a bundle in the folder", async () => {
    await workbench.typeCommand("Eigenlens: Export Direction with Its Evidence...");
    await press("Enter");
    const name = "him-vs-her-component-1.direction.safetensors";
    await expect.poll(() => workbench.quickInputBox.inputValue()).toContain(name);
    await press("Enter");
    await expect.poll(() => existsSync(place(name)), { timeout: 20_000 }).toBe(true);
    await expect
      .poll(() => readFileSync(place(name)).subarray(8, 4096).toString("latin1"))
      .toContain("eigenlens.direction/1");
  });

  test("the report opens without a network, and is accessible", async () => {
    const browser = workbench.page.context().browser();
    const context = await browser?.newContext({ offline: true });
    const page = await context?.newPage();
    if (!page) throw new Error("no page");
    await page.goto(`file://${place("him-vs-her-component-1.html")}`);
    expect(await page.locator("h1").innerText()).toBe("him over her");
    expect(await page.locator("svg").count()).toBeGreaterThan(0);
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    await context?.close();
  });

  test("a run is renamed by keyboard, in the view and on its panel", async () => {
    await ofFirstRun("Eigenlens: Rename Run...", "Rename a run");
    await workbench.typeInput("first try");
    await expect.poll(() => side.rows("Runs").first().innerText()).toContain("first try · ");
    await expect.poll(() => workbench.tabNames()).toContain("first try");
  });

  test("it is duplicated, and both are compared", async () => {
    await ofFirstRun("Eigenlens: Duplicate Run", "Duplicate a run");
    await expect.poll(() => side.rows("Runs").count()).toBe(2);
    expect((await side.rows("Runs").allInnerTexts()).join()).toContain("first try, copy");
    await selectRuns();
    // Escape, with which other tests begin, would clear the selection.
    await press("F1");
    await workbench.quickInputBox.fill(">Eigenlens: Compare Runs...");
    await workbench.quickInputRow("Eigenlens: Compare Runs...").waitFor();
    await press("Enter");
    await workbench.quickInputTitle("Compare runs");
    await press("Enter");
    const frame = await workbench.webview('[data-part="comparison-facts"]');
    expect(await frame.locator("h1").innerText()).toBe("2 runs compared");
    const facts = await frame.locator('[data-part="comparison-facts"]').innerText();
    expect(facts).toContain("1 · first try");
    expect(facts).toMatch(/Neurons\t3,072\t3,072/);
    const pair = await frame.locator('[data-part="comparison-pairs-forward"]').innerText();
    expect(pair).toMatch(/\|cos\| of filters, component 1\t1\.00/);
    expect(pair).toMatch(/20 of 20; 0\.130 by chance/);
    await screenshot(workbench, "comparison");
  });

  test.each(themes)("the comparison is accessible in a %s theme", async (theme) => {
    await workbench.useTheme(theme);
    const frame = await workbench.webview('[data-part="comparison-facts"]');
    expect(await accessibilityFaults(frame)).toEqual([]);
    await screenshot(workbench, `comparison-${theme}`);
  });

  test("runs are deleted by the Delete key, and come back", async () => {
    await workbench.closeAllEditors();
    await selectRuns();
    await press("Delete");
    await workbench.page.locator(".monaco-dialog-box").waitFor();
    await press("Enter");
    await workbench.toast("2 runs were deleted.");
    await expect.poll(() => side.rows("Runs").count()).toBe(0);
    await workbench.page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => side.rows("Runs").count()).toBe(2);
  });

  test("a touched file marks its runs, until its bytes turn out to be the same", async () => {
    const him = place("him.npy");
    const { atime, mtime } = statSync(him);
    utimesSync(him, atime, new Date(mtime.getTime() + 10_000));
    const row = side.rows("Runs").first();
    await ofFirstRun("Eigenlens: Rename Run...", "Rename a run");
    await workbench.typeInput("touched");
    await side.rowSays(row, "source changed");
    await screenshot(workbench, "stale-run");
    await ofFirstRun("Eigenlens: Check Whether a Run's Files Changed", "Check the files of a run");
    await workbench.toast("hold what they held");
    await expect.poll(() => row.innerText()).not.toContain("source changed");
    utimesSync(him, atime, mtime);
  });

  test("a run is made again as a new one", async () => {
    await workbench.chooseFromMenu(side.rows("Runs").first(), "Run Again");
    await ResultPanel.showing(workbench);
    await expect.poll(() => side.rows("Runs").count(), { timeout: 30_000 }).toBe(3);
    await side.rowSays(side.rows("Runs").first(), "him vs her");
  });
});
