import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * What axe-core finds wrong in a webview.
 * @returns one line for each violation, with the elements; empty if there is none
 */
export async function accessibilityFaults(frame: Frame): Promise<string[]> {
  // What the pointer is on wears the theme's own hover colours.
  await frame.page().mouse.move(0, 0);
  // By evaluation, which a content security policy does not forbid.
  await frame.evaluate(source);
  const results = (await frame.evaluate("axe.run(document)")) as AxeResults;
  return results.violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ""}`);
    return `${id}: ${help}: ${where.slice(0, 5).join(" | ")}`;
  });
}
