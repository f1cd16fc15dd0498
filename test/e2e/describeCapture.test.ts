import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, inject, test } from "vitest";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import type { Workbench } from "./support/workbench.ts";

describe("Describe Capture", () => {
  let workbench: Workbench;
  let panel: ResultPanel;

  useWorkbench(
    "undescribed",
    async (opened) => {
      workbench = opened;
      panel = await ResultPanel.ofHimOverHer(workbench);
    },
    { firstFile: "him.npy" },
  );

  const place = (name: string) => join(inject("workspaces").undescribed, name);
  const said = (name: string) => JSON.parse(readFileSync(place(name), "utf8")) as unknown;
  const sidecars = ["capture.json", "him.capture.json", "her.capture.json"];

  afterEach(() => {
    for (const name of sidecars) rmSync(place(name), { force: true });
  });

  /** Presses the button of the message that refuses. */
  async function acceptOffer(line: RegExp): Promise<void> {
    await workbench.toast(line);
    await workbench.page.locator(".notifications-toasts").getByText("Describe Capture...").click();
  }

  test("an export that lacks the place in the model asks for it once, and goes on", async () => {
    await workbench.runCommand("Eigenlens: Export Control Vector (GGUF)...");
    await acceptOffer(/needs to know which model, which component of the model and which layer/);
    await workbench.typeInput("tiny");
    await screenshot(workbench, "describe-capture-component");
    await workbench.quickInputRow("Residual stream after the block").click();
    await workbench.typeInput("6");
    await screenshot(workbench, "describe-capture-places");
    await workbench.quickInputRow("Write capture.json").click();
    const name = "him-vs-her-component-1.gguf";
    await expect.poll(() => workbench.quickInputBox.inputValue()).toContain(name);
    await workbench.page.keyboard.press("Enter");
    await expect.poll(() => existsSync(place(name)), { timeout: 20_000 }).toBe(true);
    await expect
      .poll(() => readFileSync(place(name)).toString("latin1"))
      .toMatch(/^GGUF.*tiny.*direction\.6/s);
    expect(said("capture.json")).toEqual({ model: "tiny", component: "residual", layer: "6" });
    await workbench.runCommand("Eigenlens: Export Control Vector (GGUF)...");
    await expect.poll(() => workbench.quickInputBox.inputValue()).toContain(name);
    await workbench.page.keyboard.press("Escape");
  });

  test("a script from the panel asks for what is still unknown, of these files only", async () => {
    writeFileSync(place("him.capture.json"), JSON.stringify({ model: "tiny", note: "kept" }));
    writeFileSync(place("her.capture.json"), JSON.stringify({ model: "tiny" }));
    await panel.part("steering-script").click();
    await workbench.quickInputTitle("Copy as Python");
    await workbench.quickInputRow("Read with the filter").click();
    await workbench.quickInputRow("transformers").click();
    await acceptOffer(/needs to know which site of the model, which component/);
    await workbench.quickInputRow("Residual stream after the block").click();
    await workbench.typeInput("6");
    await workbench.typeInput("model.layers.6");
    await workbench.typeInput("last");
    await workbench.quickInputRow("Write him.capture.json, her.capture.json").click();
    await workbench.toast("The script is on the clipboard");
    const script = await workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(script).toContain('"site": "model.layers.6"');
    const asked = { component: "residual", layer: "6", site: "model.layers.6", token_rule: "last" };
    expect(said("him.capture.json")).toEqual({ model: "tiny", note: "kept", ...asked });
    expect(said("her.capture.json")).toEqual({ model: "tiny", ...asked });
    await workbench.clearToasts();
  });

  test("the command describes one file by hand, and edits what it said before", async () => {
    for (const [model, layer] of [
      ["tiny", "6"],
      ["tiny", ""],
    ] as const) {
      await workbench.runCommand("Eigenlens: Describe Capture...");
      await workbench.quickInputTitle("Describe Capture");
      await workbench.quickInputRow("her.npy").click();
      await workbench.typeInput(model);
      await workbench.quickInputRow("MLP").click();
      await workbench.typeInput(layer);
      await workbench.typeInput("");
      await workbench.typeInput("last");
      await workbench.quickInputRow("Write her.capture.json").click();
      const stands = { model, component: "mlp", ...(layer && { layer }), token_rule: "last" };
      await expect
        .poll(() => (existsSync(place("her.capture.json")) ? said("her.capture.json") : undefined))
        .toEqual(stands);
    }
  });

  test("what somebody else wrote there is not written over", async () => {
    writeFileSync(place("her.capture.json"), "my notes");
    await workbench.runCommand("Eigenlens: Describe Capture...");
    await workbench.quickInputTitle("Describe Capture");
    await workbench.quickInputRow("her.npy").click();
    await workbench.toast(/her\.capture\.json holds no JSON object: correct or remove it first/);
    expect(readFileSync(place("her.capture.json"), "utf8")).toBe("my notes");
  });
});
