// From a notebook to a run in real VS Code: the Jupyter extension's API is played (playedJupyter.ts), the Jupyter server
// and its kernel are real.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Workbench } from "../../../e2e/support/workbench.ts";
import { ResultPanel } from "../../../e2e/support/resultPanel.ts";
import { keepPicturesOfFailures, screenshot } from "../../../e2e/support/screenshots.ts";

const command = "Eigenlens: Run GED Separation on Notebook Variables...";

let workbench: Workbench;
beforeAll(async () => {
  const folder = encodeURIComponent(inject("notebooks"));
  workbench = await Workbench.openUrl(`${inject("editorAddress")}/?folder=${folder}`, "walk.ipynb");
});
afterAll(async () => {
  expect(workbench.pageErrors).toEqual([]);
  await workbench.close();
});
keepPicturesOfFailures(() => workbench);

const dialog = () => workbench.page.locator(".monaco-dialog-box");
const press = (button: string) =>
  dialog().getByRole("button", { name: button, exact: true }).click();

/** What lies in the extension's folder for copies. */
function copies(): string[] {
  try {
    return readdirSync(join(inject("globalStorage"), "eigenlens.eigenlens", "notebook"));
  } catch {
    return [];
  }
}

describe("a notebook", () => {
  it("that is not open, or runs no kernel, is told what to do", async () => {
    await workbench.runCommand(command);
    expect(await workbench.toast("notebook")).toContain("No notebook is open");
    await workbench.clearToasts();
    await workbench.explorerRow("walk.ipynb").dblclick();
    await workbench.page.locator(".notebookOverlay .cell-editor-part").first().waitFor();
    await workbench.runCommand(command);
    expect(await workbench.toast("walk.ipynb")).toContain("No kernel runs for walk.ipynb");
    await workbench.clearToasts();
  });

  it("is read once the user agreed to our words and to Jupyter's", async () => {
    await workbench.runCommand("Notebook: Run All");
    await workbench.page.locator(".notebookOverlay .codicon-notebook-state-success").waitFor();
    await workbench.runCommand(command);
    await dialog().waitFor();
    expect(await dialog().innerText()).toContain(
      "Run a few lines of Python in the kernel of walk.ipynb?",
    );
    await screenshot(workbench, "notebook-consent");
    await press("Run");
    await expect.poll(() => dialog().innerText()).toContain("wants to use Jupyter kernels");
    await press("Cancel");
    expect(await workbench.toast("may not use")).toContain(
      "Jupyter: Manage Access To Jupyter Kernels",
    );
    await workbench.clearToasts();
    await workbench.runCommand(command);
    await dialog().waitFor();
    await press("Allow");
    await workbench.quickInputRow("him").waitFor();
    await screenshot(workbench, "notebook-variables");
    expect(await workbench.quickInputLabels()).toEqual(["him", "her", "stack"]);
    await workbench.quickInputRow("him").click();
    await workbench.quickInputRow("her").click();
    const panel = await ResultPanel.showing(workbench);
    await screenshot(workbench, "notebook-run");
    expect(await workbench.tabNames()).toContain("him vs her");
    expect(await panel.part("panel").innerText()).toContain("53");
    expect(copies()).toHaveLength(1);
  });

  it("is what a run names as its source, and its copy goes with the panel", async () => {
    await workbench.runCommand("View: Close Editor");
    await expect.poll(copies).toEqual([]);
    await workbench.runCommand("Eigenlens: Focus on Runs View");
    const row = workbench.page.locator(".monaco-list-row", { hasText: "him vs her" }).first();
    await expect.poll(() => row.innerText()).toContain("from a notebook");
    await row.click();
    const panel = await ResultPanel.showing(workbench);
    await panel
      .part("diagnostics")
      .locator("summary")
      .first()
      .click()
      .catch(() => undefined);
    await expect
      .poll(() => panel.frame.locator("body").innerText())
      .not.toContain("changed since this run");
    await workbench.runCommand("Eigenlens: Run Again");
    await expect
      .poll(
        async () =>
          `${await panel.frame.locator("body").innerText()} ${(await workbench.toasts.allInnerTexts()).join()}`,
      )
      .toContain("whose values are not kept");
    await screenshot(workbench, "notebook-source");
    await workbench.clearToasts();
    await workbench.runCommand("View: Close Editor");
  });

  it("offers a variable's view as target; an array with tokens is asked what stands for a row", async () => {
    await workbench.runCommand("Played: View him");
    await workbench.quickInputRow("her").waitFor();
    expect(await workbench.quickInputLabels()).toEqual(["her", "stack"]);
    await workbench.page.keyboard.press("Escape");
    expect(copies()).toEqual([]);
    await workbench.runCommand(command);
    await workbench.quickInputRow("stack").click();
    await workbench.quickInputRow("him").click();
    await workbench.quickInputTitle("Run GED Separation");
    await screenshot(workbench, "notebook-axes");
    await workbench.page.keyboard.press("Escape");
    await expect.poll(copies).toEqual([]);
  });

  it("whose kernel ended is told as such", async () => {
    await workbench.runCommand("Played: End Kernel");
    await workbench.runCommand(command);
    expect(await workbench.toast("has ended")).toContain("restart it and run the cells again");
  });
});
