import { describe, expect, test } from "vitest";
import { captureKinds } from "./support/captures.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { retry } from "./support/retry.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

const title = "Run GED Separation";
/** What a run of a capture folder may ask. */
const mostChoices = 3;

/** Takes what stands first in every step of a choice until a run is shown. @returns what was asked, step by step */
async function takeFirst(workbench: Workbench): Promise<string[]> {
  const asked: string[] = [];
  let last = "";
  const isRunning = async () => (await workbench.tabNames()).some((name) => name.includes(" vs "));
  // Two steps may ask the same of other things.
  const shown = async () => {
    const placeholder = await workbench.quickInputBox.getAttribute("placeholder", { timeout: 500 });
    const first = await workbench.quickInputRows.first().innerText({ timeout: 500 });
    return { placeholder: placeholder ?? "", key: `${placeholder}\n${first}` };
  };
  for (;;) {
    const step = await retry("a step or the run is shown", 30_000, async () => {
      if (await isRunning()) return undefined;
      const { placeholder, key } = await shown();
      if (key === last) throw new Error(`"${placeholder}" is still asked`);
      // A list is filled after its box has changed.
      await workbench.page.waitForTimeout(300);
      if ((await shown()).key !== key) throw new Error("the list is still being filled");
      last = key;
      return placeholder;
    });
    if (step === undefined) return asked;
    asked.push(step);
    await workbench.page.keyboard.press("Enter");
  }
}

describe("folders that capture tools write", () => {
  let workbench: Workbench;

  useWorkbench("captures", (opened) => (workbench = opened), {
    firstFile: "hub",
    closesEditors: true,
  });

  async function expectRun(titled: string): Promise<void> {
    const asked = await takeFirst(workbench);
    expect(asked.length).toBeLessThanOrEqual(mostChoices);
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.text("title")).toBe(titled);
  }

  test.each(["hub", ...captureKinds.map((kind) => `${kind}_him`)])(
    "a right-click on %s in the explorer leads to a run",
    async (folder) => {
      await workbench.showExplorer();
      await workbench.chooseFromMenu(workbench.explorerRow(folder), title);
      await expectRun("him vs her");
    },
  );

  test.each(["hub", ...captureKinds.map((kind) => `${kind}_him`)])(
    "so does one on the row of %s in the Activations view",
    async (folder) => {
      const side = await SidePanel.open(workbench);
      await side.showOnlyActivations();
      await workbench.chooseFromMenu(side.row("Activations", folder), title);
      await expectRun("him vs her");
    },
  );

  test.each(captureKinds)("so does the palette for %s", async (kind) => {
    await workbench.typeCommand(`Eigenlens: ${title}`);
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInputTitle(title);
    await workbench.quickInputBox.fill(kind);
    await expectRun("him vs her");
  });

  test("the palette lists a folder that holds both conditions", async () => {
    await workbench.typeCommand(`Eigenlens: ${title}`);
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInputTitle(title);
    await workbench.quickInputRow("hub").click();
    await workbench.quickInputRow("him vs her").waitFor();
    const asked = await takeFirst(workbench);
    expect(asked.length).toBeLessThanOrEqual(mostChoices - 1);
  });

  test("the Activations view has one row for each, its tensors below with what their axes are", async () => {
    const side = await SidePanel.open(workbench);
    await side.showOnlyActivations();
    for (const kind of captureKinds) {
      const rows = side.view("Activations").locator(`[aria-label^="${kind}_him"]`);
      await expect.poll(() => rows.count()).toBe(1);
    }
    await side.row("Activations", "vllm_him").click();
    const tensor = side.row("Activations", "hidden_states");
    await side.rowSays(tensor, "6 rows x 5-9 tokens x 3 layers x 32 neurons bf16");
    await side.row("Activations", "easysteer_her").click();
    await side.rowSays(
      side.row("Activations", "layer-3"),
      "49 tokens (10 requests) x 32 neurons bf16",
    );
    await screenshot(workbench, "folders-tree");
    const loose = side.view("Activations").locator('[aria-label^="alpha_"]');
    const names = async () =>
      (await loose.allInnerTexts()).map((text) => /alpha_\d+\.npy/.exec(text)?.[0]);
    await expect.poll(names).toEqual(["alpha_9.npy", "alpha_10.npy"]);
  });
});

describe("arrays that leave something open", () => {
  let workbench: Workbench;

  useWorkbench("captures", (opened) => (workbench = opened), {
    firstFile: "hub",
    closesEditors: true,
  });

  test("16-bit integers are asked about once, and read as bfloat16", async () => {
    const choose = async () => {
      await workbench.showExplorer();
      await workbench.chooseFromMenu(workbench.explorerRow("words_him.npy"), title);
      return takeFirst(workbench);
    };
    const asked = await choose();
    expect(asked.join()).toContain("16-bit integers: what are they?");
    await ResultPanel.showing(workbench);
    await workbench.closeAllEditors();
    expect(await choose()).toHaveLength(asked.length - 1);
    const side = await SidePanel.open(workbench);
    await side.showOnlyActivations();
    await side.rowSays(side.row("Activations", "words_her.npy"), "20 x 16 bf16");
  });

  test("four axes are named in one pick, by the row's menu, and can be changed", async () => {
    const side = await SidePanel.open(workbench);
    await side.showOnlyActivations();
    const row = side.row("Activations", "four_him.npy");
    await side.rowSays(row, "9 x 3 x 4 x 32 f16");
    await workbench.chooseFromMenu(row, "Name Axes...");
    await workbench.quickInputTitle("Axes of four_him.npy");
    await workbench.quickInputRow("9 rows x 3 layers x 4 tokens x 32 neurons").click();
    await side.rowSays(row, "9 rows x 3 layers x 4 tokens x 32 neurons f16");
    await workbench.chooseFromMenu(row, "Name Axes...");
    await workbench.quickInputTitle("Axes of four_him.npy");
    await screenshot(workbench, "folders-axes");
    await workbench.quickInputRow("As the file says").click();
    await side.rowSays(row, "9 x 3 x 4 x 32 f16");
  });

  test("a run of four axes asks for them, and keeps the answer", async () => {
    await workbench.showExplorer();
    await workbench.chooseFromMenu(workbench.explorerRow("four_him.npy"), title);
    const asked = await takeFirst(workbench);
    expect(asked[0]).toBe("four_him.npy is 9 x 3 x 4 x 32: what are its axes?");
    await ResultPanel.showing(workbench);
    await workbench.closeAllEditors();
    await workbench.chooseFromMenu(workbench.explorerRow("four_him.npy"), title);
    expect((await takeFirst(workbench)).length).toBeLessThan(asked.length);
  });
});

describe("a folder of 20,000 files that nothing says belong together", () => {
  let workbench: Workbench;

  useWorkbench("full", (opened) => (workbench = opened), { firstFile: "many" });

  test("is one row that lists all of them in natural order, page by page", async () => {
    const side = await SidePanel.open(workbench);
    await side.showOnlyActivations();
    const folder = side.row("Activations", "many");
    await side.rowSays(folder, "20,000 files");
    await folder.click();
    await side.rowSays(side.row("Activations", "a_2.npy"), "2 x 3 f32");
    const names = async () => (await side.rows("Activations").allInnerTexts()).slice(1, 12);
    await expect
      .poll(async () => (await names()).map((text) => /a_\d+/.exec(text)?.[0]))
      .toEqual(Array.from({ length: 11 }, (_, at) => `a_${at}`));
    await workbench.page.keyboard.press("End");
    const more = side.row("Activations", "Show 500 more");
    await side.rowSays(more, "19,500 are not shown");
    await more.click();
    await side.row("Activations", "a_500.npy").waitFor();
    await workbench.page.keyboard.press("End");
    await side.rowSays(side.row("Activations", "Show 500 more"), "19,000 are not shown");
    await screenshot(workbench, "folders-pages");
  });
});
