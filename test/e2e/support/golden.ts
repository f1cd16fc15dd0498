import { expect } from "vitest";
import type { ResultPanel } from "./resultPanel.ts";

/**
 * Expects the numbers that NumPy and SciPy give in float64 for the sample data, him over her, as the
 * panel rounds them: k = 74 at 99 %, rank 52 to 74, largest generalized eigenvalues 187.918 and 170.033,
 * variances 0.6867 and 3.23e-5.
 * @param rows what the panel calls them; without a sentences file they are just rows
 */
export async function expectHimOverHer(
  panel: ResultPanel,
  rows = "53 + 53 sentences",
): Promise<void> {
  expect(await panel.text("title")).toBe("him vs her");
  expect(await panel.text("headline")).toMatch(
    // The verb is more careful while a validation has just begun.
    /^Component 1 (carries|seems to carry) him: variance 0\.687 against/,
  );
  expect(await panel.text("headline")).toContain("21,286");
  expect(await panel.text("headline")).toContain("in sample");
  expect(await panel.fact("rows")).toBe(rows);
  expect(await panel.fact("neurons")).toBe("3,072 neurons");
  expect(await panel.fact("components")).toBe("74 components keep 99.03 %");
  expect(await panel.fact("rank")).toBe("rank 52 → 74");
  expect(await panel.directionFact("forward", "eigenvalue")).toBe("187.9");
  expect(await panel.directionFact("swapped", "eigenvalue")).toBe("170.0");
}
