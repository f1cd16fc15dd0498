import type { Frame } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { inEveryTheme, overflow } from "./support/everyTheme.ts";
import { loudLabel } from "./support/labels.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

const page = '[data-part="pairs"]';
/** Six pairs of a thousand permutations each. */
const deadline = 400_000;
const command = "Compare All Label Pairs...";

describe("all pairs of labels", () => {
  let workbench: Workbench;
  let side: SidePanel;

  useWorkbench("labels", (opened) => (workbench = opened), {
    firstFile: "topics.csv",
    closesEditors: true,
  });

  beforeEach(async () => {
    side = await SidePanel.open(workbench);
  });

  const finding = (frame: Frame) => frame.locator('[data-part="pairs-finding"]').innerText();
  const cell = (frame: Frame, row: number, column: number) =>
    frame.locator('[data-part="pairs-matrix"] tbody tr').nth(row).locator("td").nth(column);
  const ended = (frame: Frame) =>
    expect
      .poll(() => frame.locator('[data-part="rerun"]').isVisible(), { timeout: deadline / 2 })
      .toBe(true);

  test(
    "are a matrix that fills, corrected over all of them, whose cells open runs",
    async () => {
      await workbench.runCommand(`Eigenlens: ${command}`);
      await workbench.quickInputTitle("Compare All Label Pairs");
      const rows = await workbench.quickInputRows.allInnerTexts();
      // Two labels are one pair, and forty are no matrix.
      expect(rows.map((row) => /^.*rows/s.exec(row.replace(/\s*\n\s*/g, ""))?.[0]).sort()).toEqual([
        "hostile.csv#X · topic4 labels, 61 rows",
        "topics.csv#X · topic4 labels, 98 rows",
        "twelve.csv#X · topic12 labels, 144 rows",
      ]);
      await workbench.quickInputRow("topics.csv#X · topic").click();
      const frame = await workbench.webview(page);
      await ended(frame);
      expect(await finding(frame)).toMatch(
        new RegExp(
          `^Directions that hold, counting all 12: [1-3]\\. The strongest is ${loudLabel} over`,
        ),
      );
      expect(await cell(frame, 0, 1).innerText()).toMatch(/×\s+holds\s+p = 0\.0\d+/);
      expect(await cell(frame, 1, 0).innerText()).not.toContain("holds");
      expect(await frame.locator('[data-part="pairs-table"] tbody tr').count()).toBe(12);

      await inEveryTheme(workbench, frame, async (name) => {
        await screenshot(workbench, `pairs-${name}`);
        expect(await overflow(frame)).toBeLessThanOrEqual(0);
        expect(await accessibilityFaults(frame)).toEqual([]);
      });

      const ratio = (await cell(frame, 0, 1).locator(".ratio").innerText()).slice(0, 3);
      await cell(frame, 0, 1).click();
      const panel = await ResultPanel.showing(workbench);
      // With what the comparison has found: nothing is validated again.
      await expect.poll(() => panel.text("headline")).toContain(`varies ${ratio}`);
      expect(await panel.part("validation-progress").isVisible()).toBe(false);
    },
    deadline,
  );

  test(
    "are walked and opened by keyboard, from the menu of a file",
    async () => {
      await workbench.chooseFromMenu(side.row("Activations", "topics.csv"), command);
      const frame = await workbench.webview(page);
      await ended(frame);
      await cell(frame, 0, 1).focus();
      const { keyboard } = workbench.page;
      await keyboard.press("ArrowRight");
      await keyboard.press("ArrowDown");
      const current = () => frame.evaluate(() => document.activeElement?.textContent);
      expect(await current()).toMatch(/^calm over even: /);
      await keyboard.press("Control+Home");
      expect(await current()).toMatch(/^loud: the same label/);
      await keyboard.press("Enter");
      await keyboard.press("End");
      expect(await current()).toMatch(/^loud over flat: /);
      await keyboard.press("Enter");
      const panel = await ResultPanel.showing(workbench);
      expect(await panel.text("headline")).toMatch(/^loud vs flat/);
    },
    deadline,
  );

  test(
    "show hostile names as they are, and say which pair gave nothing",
    async () => {
      await workbench.chooseFromMenu(side.row("Activations", "hostile.csv"), command);
      const frame = await workbench.webview(page);
      await ended(frame);
      expect(await finding(frame)).toContain("Pairs that gave nothing: 3 of 6");
      const heads = await frame.locator('[data-part="pairs-matrix"] tbody th').allInnerTexts();
      expect(heads[0]).toBe("[fix](command:x)\\u202eevil");
      expect(heads[2]).toBe("<b>&quot;");
      expect(await cell(frame, 0, 3).getAttribute("title")).toMatch(/failed\. .*one row only/);
      expect(await overflow(frame)).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(frame)).toEqual([]);
      await screenshot(workbench, "pairs-hostile");
    },
    deadline,
  );

  test(
    "stop where they are cancelled, and keep what there is",
    async () => {
      await workbench.chooseFromMenu(side.row("Activations", "twelve.csv"), command);
      const frame = await workbench.webview(page);
      await expect
        .poll(() => finding(frame), { timeout: deadline / 2 })
        .toMatch(/^So far \(\d+ of 66 pairs\)/);
      await frame.locator('[data-part="cancel"]').click();
      await ended(frame);
      expect(await finding(frame)).toMatch(/^Not all pairs were compared \(\d+ of 66\)/);
      expect(await frame.locator("td.holds").count()).toBe(0);
      await screenshot(workbench, "pairs-cancelled");
    },
    deadline,
  );

  test("refuse more labels than anyone reads, in one line", async () => {
    await workbench.chooseFromMenu(side.row("Activations", "forty.csv"), command);
    expect(await workbench.toast("40 labels")).toMatch(
      /forty\.csv has 40 labels in topic: choose a column with at most 20\./,
    );
    await workbench.clearToasts();
    await workbench.chooseFromMenu(side.row("Activations", "two.csv"), command);
    expect(await workbench.toast("three labels")).toMatch(/^two\.csv has no column with three/);
  });

  test(
    "are offered where two conditions are chosen from more than two labels",
    async () => {
      await workbench.chooseFromMenu(side.row("Activations", "topics.csv"), "Run GED Separation");
      await workbench.quickInputTitle("Run GED Separation");
      await workbench.quickInputRow("Compare all label pairs...").click();
      const frame = await workbench.webview(page);
      await expect.poll(() => frame.locator("h1").innerText()).toBe("All pairs of topic");
      await frame.locator('[data-part="cancel"]').click();
    },
    deadline,
  );
});
