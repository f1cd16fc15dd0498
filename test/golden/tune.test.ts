import { expect, it } from "vitest";
import type { WrittenSummary } from "../../src/runs/written/summary.ts";
import { eigenlens } from "../support/commandLine.ts";

const sources = ["samples/him.npy", "samples/her.npy"];

it("runs with the shrinkage and share that all rows choose, and says what choosing costs", async () => {
  const { code, output } = await eigenlens(
    ...["run", ...sources, "--tune", "--permutations", "0", "--repeats", "1"],
    ...["--no-extended", "--json"],
  );
  expect(code).toBe(0);
  const { validation, shrinkage, compression } = JSON.parse(output) as WrittenSummary;
  const tuning = validation?.tuning;
  expect(shrinkage.gamma).toBe(tuning?.chosen.shrinkage);
  expect(compression.varianceKept).toBeGreaterThanOrEqual(tuning?.chosen.share ?? NaN);
  expect(tuning?.given).toMatchObject({ shrinkage: 0.01, share: 0.99 });
  expect(tuning?.folds.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(validation?.heldOut?.ratio).toBeLessThan(tuning?.largestRatio ?? NaN);
});

it("refuses in one line what leaves no fold to choose by", async () => {
  const { code, output, errors } = await eigenlens("run", ...sources, "--tune", "--folds", "2");
  expect([code, output]).toEqual([1, ""]);
  expect(errors).toMatch(/^Shrinkage and share .*at least 3 folds \(default 5\)\.\n$/);
});
