import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { accessibilityFaults } from "./support/accessibility.ts";
import { tokens, unembedding } from "./support/model.ts";
import { ResultPanel } from "./support/resultPanel.ts";
import { screenshot } from "./support/screenshots.ts";
import { useWorkbench } from "./support/useWorkbench.ts";
import { themes, type Workbench } from "./support/workbench.ts";

const filesTitle = "Logit lens: the model's files";

describe("will it steer", () => {
  let workbench: Workbench;
  let panel: ResultPanel;

  useWorkbench(
    "steering",
    async (opened) => {
      workbench = opened;
      panel = await ResultPanel.ofHimOverHer(workbench);
    },
    { firstFile: "him.npy" },
  );

  const finding = () => panel.text("steering-finding");
  const folder = () => inject("workspaces").steering;

  /** Chooses one row of each quick pick, by mouse. */
  async function chooseRows(...labels: readonly string[]): Promise<void> {
    for (const label of labels) await workbench.quickInputRow(label).click();
  }

  /** Types a part of one row's label into each quick pick, and takes it with Enter. */
  async function typeRows(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      await workbench.quickInputRow(label).waitFor();
      await workbench.quickInputBox.fill(label);
      await expect
        .poll(() => workbench.quickInput.locator(".monaco-list-row.focused").innerText())
        .toContain(label);
      await workbench.page.keyboard.press("Enter");
      await expect.poll(() => workbench.quickInputBox.inputValue().catch(() => "")).toBe("");
    }
  }

  test("is unknown without the model", async () => {
    expect(await finding()).toMatch(/^Unknown without the model: no ratio of variances and no p/);
    expect(await panel.part("lens-files").isVisible()).toBe(false);
  });

  test("the lens asks for the model's files, by mouse, and names what it raises", async () => {
    await panel.part("compute-lens").click();
    await workbench.quickInputTitle(filesTitle);
    await chooseRows("model.safetensors", "lm_head.weight", "tokenizer.json", "No norm");
    await panel.part("lens-meanDifference").locator("tbody tr").first().waitFor();
    const { up, down } = expectedEnds();
    const rows = await panel.part("lens-meanDifference").locator("tbody tr").allInnerTexts();
    expect(rows).toHaveLength(15);
    expect(rows[0]).toMatch(new RegExp(`^“${up}”\\t[\\d.]+\\t“${down}”\\t−[\\d.]+$`));
    expect(await finding()).toBe(
      `By the logit lens, adding the mean difference raises “${up}” most and lowers “${down}” most.`,
    );
    await expect.poll(() => panel.part("status").innerText()).toMatch(/^By the logit lens/);
    expect(await panel.text("lens-files")).toBe(
      "Files: model.safetensors#lm_head.weight, tokenizer.json",
    );
  });

  test("two sets of tokens are scored, by keyboard, with the files of before", async () => {
    await panel.part("lens-tokens").locator("input").focus();
    await workbench.page.keyboard.type("he, him/she, her");
    await workbench.page.keyboard.press("Enter");
    await panel.part("lens-score").waitFor();
    const [first = ""] = await panel.part("lens-score").locator("tbody tr").allInnerTexts();
    expect(first).toMatch(/^mean difference\t−?[\d.]+\t−?[\d.]+\t(he, him|she, her)$/);
    expect(await finding()).toMatch(/(raises|lowers) he, him against she, her: [\d.]+ standard/);
  });

  test("a final norm is chosen by keyboard, and all of it survives a reload", async () => {
    await panel.part("choose-lens-files").focus();
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInputTitle(filesTitle);
    expect((await workbench.quickInputLabels())[0]).toBe("model.safetensors");
    await typeRows("model.safetensors", "lm_head.weight", "tokenizer.json", "model.norm.weight");
    await workbench.quickInputRow("RMSNorm").waitFor();
    await workbench.page.keyboard.press("Enter");
    await expect.poll(() => panel.text("lens-files")).toMatch(/#model\.norm\.weight$/);
    await workbench.reload();
    panel = await ResultPanel.showing(workbench);
    await expect.poll(() => panel.text("lens-files")).toMatch(/#model\.norm\.weight$/);
    expect(await panel.part("lens-tokens").locator("input").inputValue()).toBe("he, him/she, her");
    await panel.part("compute-lens").click();
    await panel.part("lens-score").waitFor();
  });

  test("what is not the model's, or no token, is said in one line", async () => {
    await panel.part("lens-tokens").locator("input").fill("xyzzy/she");
    await panel.part("compute-lens").click();
    await expect
      .poll(() => panel.text("lens-why"))
      .toBe('"xyzzy" is no single token of this vocabulary: name the token that it begins with.');
    await panel.part("choose-lens-files").click();
    await workbench.quickInputTitle(filesTitle);
    await chooseRows("narrow.safetensors", "tokenizer.json", "No norm", "No down-projection");
    await expect
      .poll(() => panel.text("lens-why"))
      .toMatch(/\[48, 16\], and the direction has 3072 values: give the unembedding of the same/);
    await panel.part("lens-tokens").locator("input").fill("he, him/she, her");
    await panel.part("choose-lens-files").click();
    await workbench.quickInputTitle(filesTitle);
    await chooseRows("model.safetensors", "lm_head.weight", "tokenizer.json", "model.norm.weight");
    await chooseRows("RMSNorm");
    await panel.part("lens-score").waitFor();
    expect(await panel.text("lens-why")).toBe("");
  });

  test("results of another run, damaged and newer ones are refused in one line", async () => {
    const results = { ...changes(), filter_sha256: "0".repeat(64) };
    write("other", results);
    write("newer", { ...results, format: "eigenlens.steering/9" });
    write("damaged", { ...results, steps: [{ step: 1 }] });
    for (const [name, line] of [
      [
        "other",
        /^other\.steering\.json is of another run: .* Copy as Python gives for this run\.$/,
      ],
      ["newer", /newer\.steering\.json was written for a newer Eigenlens/],
      ["damaged", /damaged\.steering\.json is damaged at steps\[0\]\.shift/],
    ] as const) {
      await panel.part("choose-steering").click();
      await workbench.quickInputTitle("Results of the Python check");
      await workbench.quickInputRow(`${name}.steering.json`).click();
      await expect.poll(() => panel.text("steering-why")).toMatch(line);
    }
    expect(await panel.part("steering-results").isVisible()).toBe(false);
  });

  test("results of the script that the panel gives are shown with their table", async () => {
    await panel.part("steering-script").click();
    await workbench.quickInputTitle("Copy as Python");
    await chooseRows("Add: mean-difference", "transformers");
    await workbench.toast("The script is on the clipboard");
    const script = await workbench.page.evaluate(() => navigator.clipboard.readText());
    const hash = /"filter_sha256": "([0-9a-f]{64})"/.exec(script)?.[1];
    write("him-her", { ...changes(), filter_sha256: hash });
    await panel.part("choose-steering").focus();
    await workbench.page.keyboard.press("Enter");
    await workbench.quickInputTitle("Results of the Python check");
    await typeRows("him-her.steering.json");
    await panel.part("steering-results").locator("canvas").waitFor();
    expect(await panel.text("steering-why")).toBe("");
    expect(await finding()).toMatch(
      /^Measured in tiny on 48 prompts: at a collateral KL of 0\.1, adding the mean difference shifts he, him \/ she, her by 1\.25 \([\d.]+ to [\d.]+\) logits, subtracting it by −1\.25 /,
    );
    expect(await finding()).toContain("One step along each of 2 random directions as long shifts");
    const table = await panel.tableOf("steering-results");
    expect(table.map(([name]) => name)).toEqual([
      ...["step −2", "step −1", "step 1", "step 2", "random 1", "random 2"],
    ]);
    expect(table[2]?.slice(1, 5)).toEqual(["1", "0.800000", "1.20000", "0.0500000"]);
    await panel.part("steering-results").locator('[data-part="show-as-table"]').click();
  });

  test("results are of one component, found again when the panel opens, and lead back to it", async () => {
    await panel.chooseComponent(2);
    await expect.poll(() => panel.text("steering-of-other")).toMatch(/of component 1 of S = him/);
    expect(await panel.text("lens-of-other")).toMatch(/^The last lens is of another component/);
    expect(await finding()).toMatch(/^Unknown without the model/);
    await panel.part("show-steered-component").click();
    expect(await panel.component()).toBe(1);
    await panel.part("steering-results").locator("canvas").waitFor();
    await workbench.reload();
    panel = await ResultPanel.showing(workbench);
    await panel.part("steering-results").locator("canvas").waitFor();
    await panel.part("compute-lens").click();
    await panel.part("lens-score").waitFor();
  });

  test.each(themes)("is accessible and drawn anew in a %s theme", async (theme) => {
    await workbench.useTheme(theme);
    if (theme === themes[0]) {
      await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    }
    for (const width of [1280, 548]) {
      await workbench.page.setViewportSize({ width, height: 1100 });
      for (const part of ["steering", "steering-part"]) {
        await panel.part(part).evaluate((element) => {
          element.scrollIntoView({ block: "start" });
        });
        await workbench.page.mouse.move(0, 0);
        await workbench.page.waitForTimeout(400);
        await screenshot(workbench, `${part}-${theme.replaceAll(" ", "-")}-${String(width)}`);
      }
      const overflow = await panel.frame.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    }
    await workbench.page.setViewportSize({ width: 1500, height: 950 });
    expect(await accessibilityFaults(panel.frame)).toEqual([]);
  });

  function write(name: string, content: object): void {
    writeFileSync(join(folder(), `${name}.steering.json`), JSON.stringify(content));
  }

  /** The tokens at the ends of the unembedding's product with the difference of the samples' means. */
  function expectedEnds(): { up: string; down: string } {
    const width = 3072;
    const means = ["him", "her"].map((name) => {
      const bytes = readFileSync(join(folder(), `${name}.npy`)).subarray(-4 * 53 * width);
      const values = new Float32Array(new Uint8Array(bytes).buffer);
      return Float64Array.from({ length: width }, (_, j) =>
        Array.from({ length: 53 }, (__, i) => values[i * width + j] / 53).reduce((a, b) => a + b),
      );
    });
    const weights = unembedding();
    const logits = tokens.map((_, id) =>
      means[0].reduce((sum, mean, j) => sum + weights[id * width + j] * (mean - means[1][j]), 0),
    );
    const named = (logit: number) => (tokens[logits.indexOf(logit)] ?? "").replace("\u0120", " ");
    return { up: named(Math.max(...logits)), down: named(Math.min(...logits)) };
  }
});

/** As a script writes it that adds the mean difference. */
function changes() {
  const change = (shift: number, kl: number) => ({
    shift: { mean: shift, low: shift - 0.2, high: shift + 0.2 },
    kl: { mean: kl, low: 0.9 * kl, high: 1.1 * kl },
  });
  return {
    ...{ format: "eigenlens.steering/1", kind: "add", use: "mean-difference" },
    ...{ carried: "him", silenced: "her", index: 1, model: "tiny", site: "model.layers.6" },
    ...{ component: "residual", layer: 6, token_rule: "last", tokens: "he,him/she,her" },
    prompts: 48,
    steps: [
      { step: -2, ...change(-2, 0.25) },
      { step: -1, ...change(-1, 0.05) },
      { step: 1, ...change(1, 0.05) },
      { step: 2, ...change(2, 0.25) },
    ],
    random: [change(0.1, 0.04), change(-0.05, 0.03)],
  };
}
