import { describe, expect, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import { retry } from "./support/retry.ts";
import type { Workbench } from "./support/workbench.ts";

const key = "Shift+Alt+e";

describe("repeating the last choice with one key", () => {
  let workbench: Workbench;

  useWorkbench("repeat", (opened) => (workbench = opened), {
    firstFile: "layer6_him.npy",
    closesEditors: true,
  });

  /** Presses the key until a panel shows a run of these files: a key just after a click may be lost. */
  async function repeated(target: string, reference: string): Promise<ResultPanel> {
    let before = await workbench.tabNames();
    return retry(`the run of ${target} and ${reference} is shown`, 60_000, async () => {
      if ((await workbench.tabNames()).join() === before.join()) {
        await workbench.page.keyboard.press(key);
        before = await workbench.tabNames();
      }
      const panel = await ResultPanel.showing(workbench, 8_000);
      const sources = await panel.part("diagnostics").textContent();
      for (const file of [target, reference]) expect(sources).toContain(file);
      return panel;
    });
  }

  /** Runs what the palette's first step is told to type. */
  async function runTyped(target: string, reference: string): Promise<void> {
    await workbench.runCommand("Eigenlens: Run GED Separation");
    await workbench.quickInputRow("Type target and reference...").click();
    await workbench.typeInput(target);
    await workbench.typeInput(reference);
    await ResultPanel.showing(workbench);
    await workbench.closeAllEditors();
  }

  test("two files selected in the explorer keep the roles of the last two", async () => {
    // Against custom: the target is her.
    await runTyped("layer6_her.npy", "layer6_him.npy");
    await workbench.selectFiles("layer7_him.npy", "layer7_her.npy");
    // A page may write to the clipboard only while it has the focus.
    await workbench.page.evaluate(() => navigator.clipboard.writeText("what was copied before"));
    const panel = await repeated("her: ", "layer7_her.npy");
    expect(await panel.text("title")).toBe("her vs him");
    expect(await panel.part("diagnostics").textContent()).toContain("layer7_him.npy");
    expect(await panel.directionFact("forward", "eigenvalue")).toBe("170.0");
    // The explorer tells its selection through the clipboard only, whose text is put back.
    await workbench.showExplorer();
    const copied = () => workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(await copied()).toBe("what was copied before");
  });

  test("one of two files selected in the explorer brings its counterpart", async () => {
    await runTyped("layer6_him.npy", "layer6_her.npy");
    await workbench.selectFiles("layer7_her.npy");
    const panel = await repeated("layer7_him.npy", "layer7_her.npy");
    expect(await panel.text("title")).toBe("him vs her");
    expect(await panel.directionFact("forward", "eigenvalue")).toBe("187.9");
  });

  test("a container whose values are shown in an editor is the next", async () => {
    await runTyped("first.safetensors#him", "first.safetensors#her");
    const side = await SidePanel.open(workbench);
    await workbench.chooseFromMenu(side.row("Activations", "second.safetensors"), "Show Values");
    const frame = await workbench.webview('[data-part="file"] [data-part="tensor-facts"]');
    await frame.locator('[data-part="file-title"]').click();
    const panel = await repeated("second.safetensors", "second.safetensors");
    expect(await panel.text("title")).toBe("him vs her");
    expect(await panel.directionFact("forward", "eigenvalue")).toBe("187.9");
  });

  test("a table selected in the Activations view is the next, by its label column", async () => {
    await runTyped("first.csv[condition=him]", "first.csv[condition=her]");
    const side = await SidePanel.open(workbench);
    await side.row("Activations", "second.csv").click();
    const panel = await repeated("second.csv", "second.csv");
    expect(await panel.text("title")).toBe("him vs her");
    expect(await panel.fact("rows")).toMatch(/^20 \+ 20 /);
  });

  test("and by a regular expression, from the explorer's menu", async () => {
    await runTyped("first.csv[sentence~/\\bhim\\b/]", "first.csv[sentence~/\\bher\\b/]");
    await workbench.showExplorer();
    await workbench.chooseFromMenu(
      workbench.explorerRow("second.csv"),
      "Repeat Last Choice on Another File",
    );
    const panel = await ResultPanel.showing(workbench);
    expect(await panel.part("diagnostics").textContent()).toContain("second.csv");
    expect(await panel.fact("rows")).toMatch(/^20 \+ 20 /);
  });

  test("with a result in front it offers the other files", async () => {
    await workbench.runCommand("Eigenlens: Run GED Separation");
    await workbench.quickInputRow("layer6_him vs layer6_her").click();
    const panel = await ResultPanel.showing(workbench);
    await panel.part("title").click();
    await retry("the key asks for the next files", 20_000, async () => {
      await workbench.page.keyboard.press(key);
      await workbench.quickInput.waitFor({ timeout: 2_000 });
    });
    await workbench.quickInputTitle("Repeat the last choice on");
    expect(await workbench.quickInputLabels()).toEqual(["layer7_him.npy · layer7_her.npy"]);
    await workbench.page.keyboard.press("Escape");
  });
});
