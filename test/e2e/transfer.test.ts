import { describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import { themes, type Workbench } from "./support/workbench.ts";
import { retry } from "./support/retry.ts";

describe("a run's directions on other files", () => {
  let workbench: Workbench;
  let panel: ResultPanel;

  useWorkbench(
    "transfer",
    async (opened) => {
      workbench = opened;
      await workbench.runCommand("Eigenlens: Run GED Separation");
      await typeConditions("him.npy[rows=0:40]", "her.npy[rows=0:40]");
      panel = await ResultPanel.showing(workbench);
    },
    { firstFile: "him.npy" },
  );

  /** Chooses to type, and types both conditions. */
  async function typeConditions(...conditions: readonly [string, string]): Promise<void> {
    await workbench.quickInputRow("Type target and reference...").click();
    for (const condition of conditions) await workbench.typeInput(condition);
  }

  const transfers = () => panel.part("transfer");
  const firstRow = () =>
    panel.part("validation-transfer-table").first().locator("tbody tr").first().innerText();

  test("the panel's button asks for rows, and shows what survives on them", async () => {
    expect(await panel.fact("rows")).toBe("40 + 40 sentences");
    await panel.part("start-transfer").click();
    await workbench.quickInputTitle("Transfer him vs her");
    await typeConditions("him.npy[rows=40:53]", "her.npy[rows=40:53]");
    await transfers().waitFor({ timeout: 20_000 });
    expect(await transfers().locator("h4").innerText()).toBe(
      "him.npy[rows=40:53] vs her.npy[rows=40:53]",
    );
    expect(await transfers().innerText()).toContain("13 + 13 rows · 1,000 permutations of labels");
    // As NumPy has it in float64: 20,499 on rows 0 to 39, 8.35 on rows 40 to 52.
    expect(await firstRow()).toMatch(/^him over her, 1\t20,499×\t–\t8\.35×\t/);
    expect(await panel.part("transfer-findings").innerText()).toMatch(
      /On these rows component 1 varies 8\.35× as much for him as for her \(95 % interval [\d.]+× to [\d.,]+×, p = [\d.]+\)\. In the run: [\d,]+× in sample\./,
    );
    await expect.poll(() => panel.part("status").innerText()).toMatch(/^On these rows component 1/);
  });

  test("it is kept with the run: another transfer from the side panel stands above it", async () => {
    await workbench.closeAllEditors();
    const side = await SidePanel.open(workbench);
    await workbench.chooseFromMenu(
      side.row("Runs", "him vs her"),
      "Transfer Direction to Other Files...",
    );
    await workbench.quickInputTitle("Transfer him vs her");
    await expect.poll(() => workbench.quickInputLabels()).toContain("him vs her");
    await workbench.quickInputRow("him vs her").click();
    panel = await ResultPanel.showing(workbench);
    await expect.poll(() => transfers().count(), { timeout: 20_000 }).toBe(2);
    expect(await transfers().first().locator("h4").innerText()).toBe("him.npy vs her.npy");
    expect(await panel.part("transfer-warnings").first().innerText()).toContain(
      "Some of these rows are rows that the direction was fitted on",
    );
  });

  test("what cannot be compared is said in one line, in the words of the command line", async () => {
    // The panel was just opened: on a busy machine the editor gives it the focus late, which closes what asks.
    await retry("the narrow pair is chosen", 40_000, async () => {
      await workbench.runCommand("Eigenlens: Transfer Direction to Other Files...");
      await workbench.quickInputTitle("Transfer him vs her");
      await workbench.quickInputRow("narrow_him vs narrow_her").click({ timeout: 3_000 });
    });
    await expect
      .poll(() => panel.text("notice-problem"))
      .toMatch(/^The direction was found in 3072 neurons, .*narrow_him\.npy has 16 columns: /);
    await panel.part("dismiss").click();
    expect(await transfers().count()).toBe(2);
  });

  test("it is removed, and a reload brings back what is left", async () => {
    await panel.part("remove-transfer").first().click();
    await expect.poll(() => transfers().count()).toBe(1);
    await workbench.reload();
    panel = await ResultPanel.showing(workbench);
    await expect.poll(() => transfers().count()).toBe(1);
    expect(await transfers().locator("h4").innerText()).toContain("rows=40:53");
  });

  test("once the run is validated, its held-out ratio stands beside it", async () => {
    await panel.part("validation-permutations").locator("input").fill("20");
    await panel.part("validate").click();
    await expect
      .poll(firstRow, { timeout: 110_000, interval: 500 })
      .toMatch(/^him over her, 1\t[\d,]+×\t[\d.]+×\t/);
    expect(await panel.part("transfer-findings").innerText()).toMatch(
      /[\d.]+× held out, [\d,]+× in sample/,
    );
    // The report goes on growing; its last part is the stability.
    await panel.part("stability").locator("canvas").waitFor({ timeout: 60_000 });
  }, 180_000);

  test.each(themes)("is accessible and drawn anew in a %s theme", async (theme) => {
    await workbench.useTheme(theme);
    await panel.part("transfers").scrollIntoViewIfNeeded();
    await panel.part("transfer").evaluate((entry) => {
      entry.scrollIntoView({ block: "center" });
    });
    await workbench.page.mouse.move(0, 0);
    await workbench.page.waitForTimeout(500);
    await screenshot(workbench, `transfer-${theme.replace(" ", "-")}`);
    expect(await accessibilityFaults(panel.frame)).toEqual([]);
  });
});
