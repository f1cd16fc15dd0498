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
    // A validation may have begun by itself, or be done.
    /^him vs her: (not tested yet|being tested|holds)\. (In sample, component 1 varies|On \w+ that the fit has not seen, component 1 varies)/,
  );
  expect(await panel.text("headline")).toContain("21,286");
  expect(await panel.text("headline")).toMatch(/[Ii]n sample/);
  expect(await panel.fact("rows")).toBe(rows);
  expect(await panel.fact("neurons")).toBe("3,072 neurons");
  expect(await panel.fact("components")).toBe("74 components keep 99.03 %");
  expect(await panel.fact("rank")).toBe("rank 52 → 74");
  expect(await panel.directionFact("forward", "eigenvalue")).toBe("187.9");
  expect(await panel.directionFact("swapped", "eigenvalue")).toBe("170.0");
}

/** The headline of the sample data once validated: 3.10 times held out, p = 0.013, templates found. */
export const validatedHeadline =
  /^him vs her: holds\. On sentences that the fit has not seen, component 1 varies 3\.10× as much for him as for her \(1\.28 to 7\.55; p = 0\.013\); in sample 21,286×, of which permuted labels give 10,579×\.$/;
