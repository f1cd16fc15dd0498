import { describe, expect, test } from "vitest";
import { screenshot } from "./support/screenshots.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("New Activation Capture Script", () => {
  let workbench: Workbench;

  useWorkbench("samples", (opened) => (workbench = opened), {
    firstFile: "him.npy",
    closesEditors: true,
  });

  test("a few picks fill in a script, which opens as an untitled Python editor", async () => {
    await workbench.runCommand("Eigenlens: New Activation Capture Script...");
    await workbench.quickInputTitle("New Activation Capture Script");
    await workbench.quickInputRow("TransformerLens").click();
    await workbench.typeInput('a"b\\c');
    await workbench.quickInputRow("Neurons of the MLP").click();
    await workbench.typeInput("0,6");
    await workbench.quickInputRow("sentences.json").click();
    await workbench.typeInput("him,her");
    await screenshot(workbench, "capture-script-token");
    await workbench.typeInput("him/her");
    await expect
      .poll(() => workbench.tabNames())
      .toEqual([expect.stringMatching(/Activation capture/)]);
    const lines = workbench.page.locator(".monaco-editor .view-lines");
    await expect
      .poll(async () => (await lines.innerText()).replace(/\u00a0/g, " "))
      .toContain('"model": "a\\"b\\\\c"');
    expect(await workbench.page.locator(".statusbar").innerText()).toContain("Python");
    await screenshot(workbench, "capture-script");
    // Closed here: it would ask whether to save.
    await workbench.runCommand("View: Revert and Close Editor");
    await expect.poll(() => workbench.tabNames()).toEqual([]);
  });
});
