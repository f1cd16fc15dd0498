import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ResultPanel } from "../e2e/support/resultPanel.ts";
import { keepPicturesOfFailures, screenshot } from "../e2e/support/screenshots.ts";
import { Workbench } from "../e2e/support/workbench.ts";

const deadline = 240_000;

describe("Compute Moments on a Dask Cluster, in the real editor", () => {
  let workbench: Workbench;
  const folder = inject("clusterWorkspace");

  beforeAll(async () => {
    const url = `${inject("editorAddress")}/?folder=${encodeURIComponent(folder)}`;
    workbench = await Workbench.openUrl(url, "him.npy");
  }, deadline);
  afterAll(() => workbench.close());
  keepPicturesOfFailures(() => workbench);

  it(
    "goes from files over a cluster and a document to a panel with a held-out ratio and p",
    async () => {
      const title = "Compute Moments on a Dask Cluster";
      await workbench.runCommand(`Eigenlens: ${title}...`);
      await workbench.quickInputTitle(title);
      await expect.poll(() => workbench.quickInputLabels()).toContain("him vs her");
      await workbench.quickInputRow("him vs her").click();
      await workbench.quickInputRow("On this machine").click();
      const place = join(folder, "him-her.moments.safetensors");
      await expect.poll(() => workbench.quickInputBox.inputValue()).toBe(place);
      await screenshot(workbench, "cluster-save");
      await workbench.page.keyboard.press("Enter");
      await expect
        .poll(() => workbench.toasts.allInnerTexts(), { timeout: deadline / 2, interval: 500 })
        .toContainEqual(expect.stringContaining("holds the moments of both conditions"));
      await screenshot(workbench, "cluster-task");
      expect(existsSync(place)).toBe(true);
      await workbench.page
        .locator(".notifications-toasts")
        .getByRole("button", { name: "Run Separation" })
        .click();
      const panel = await ResultPanel.showing(workbench, 60_000);
      expect(await panel.fact("moments")).toBe("from moments");
      expect(await panel.fact("rows")).toBe("400 + 400 rows");
      await panel.part("validate").click();
      await expect
        .poll(() => panel.text("headline"), { timeout: deadline / 2, interval: 500 })
        .toMatch(
          /^him vs her: \w[\w ]+\. On rows that the fit has not seen, component 1 varies [\d.]+× as much .* p = [\d.]+\)/,
        );
      await screenshot(workbench, "cluster-panel");
      expect(workbench.pageErrors).toEqual([]);
    },
    deadline,
  );
});
