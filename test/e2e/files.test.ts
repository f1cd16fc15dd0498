import { describe, expect, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { screenshot } from "./support/screenshots.ts";
import { SidePanel } from "./support/sidePanel.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("the files of a workspace", () => {
  let workbench: Workbench;

  useWorkbench("broken", (opened) => (workbench = opened), { firstFile: "nan.npy" });

  test("a file shows its values, and what is not finite in them", async () => {
    const side = await SidePanel.open(workbench);
    await workbench.chooseFromMenu(side.row("Activations", "nan.npy"), "Show Values");
    const frame = await workbench.webview('[data-part="file"] [data-part="tensor-facts"]');
    const part = (name: string) => frame.locator(`[data-part="${name}"]`);
    expect(await part("file-title").innerText()).toContain("nan.npy");
    expect(await part("tensor-facts").innerText()).toMatch(/10\s*[x×]\s*16/);
    expect(await part("tensor-facts").innerText()).toMatch(/NaN/);
    expect(await accessibilityFaults(frame)).toEqual([]);
    await screenshot(workbench, "file");
  });
});

describe("a workspace without activations", () => {
  let workbench: Workbench;

  useWorkbench("empty", (opened) => (workbench = opened));

  test("the side panel says what to do", async () => {
    const side = await SidePanel.open(workbench);
    const welcome = side.view("Activations").locator(".welcome-view-content");
    await welcome.waitFor({ timeout: 20_000 });
    expect(await welcome.innerText()).toContain("No activation files were found");
    expect(await side.view("Runs").innerText()).toContain("No runs yet");
    await screenshot(workbench, "empty-workspace");
  });
});
