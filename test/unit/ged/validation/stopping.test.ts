import { describe, expect, it } from "vitest";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import {
  exactP,
  mostReaching,
} from "../../../../src/ged/validation/permutation/nullDistribution.ts";
import { isDecided } from "../../../../src/ged/validation/permutation/stopping.ts";
import { statisticCount } from "../../../../src/ged/validation/permutation/statistics.ts";
import { validateGram } from "../../../../src/ged/validation/validateGram.ts";
import { bundleThread, gramInput, normalRows, pairNames, quietContext } from "./support.ts";

const fit = { keep: { share: 0.95 }, shrinkage: 0.05 };
const decay = (column: number) => 0.9 ** column;

describe("a sequential p", () => {
  it("is the number that reach over how many it took, whatever comes later", () => {
    const permuted = Array.from({ length: 200 }, (_, i) => (i % 4 === 3 ? 2 : 0));
    expect(exactP(1, permuted, true)).toBe(mostReaching / (4 * mostReaching));
    expect(exactP(1, permuted.slice(0, 80), true)).toBe(exactP(1, permuted, true));
    expect(exactP(1, permuted)).toBe(51 / 201);
  });

  it("is that of all permutations as long as too few reach", () => {
    const permuted = Array.from({ length: 100 }, (_, i) => (i < mostReaching - 1 ? 2 : 0));
    expect(exactP(1, permuted, true)).toBe(exactP(1, permuted));
  });

  it("counts what could not be computed as reaching", () => {
    expect(exactP(1, new Array<number>(50).fill(NaN), true)).toBe(1);
  });
});

describe("the end of permutations", () => {
  const m = 2;
  const flat = (value: number) => new Float64Array(statisticCount(m)).fill(value);
  const reachedAll = Array.from({ length: mostReaching }, () => flat(2));

  it("comes if every statistic is reached, and not for want of a single one", () => {
    expect(isDecided(flat(1), reachedAll, m, true)).toBe(true);
    expect(isDecided(flat(1), reachedAll.slice(1), m, true)).toBe(false);
    for (const at of [0, m, 2 * m, 3 * m, 4 * m, 4 * m + 1]) {
      const observed = flat(1);
      observed[at] = 3;
      expect(isDecided(observed, reachedAll, m, true)).toBe(false);
    }
  });

  it("does not wait for held-out statistics if there are none", () => {
    const observed = flat(1).fill(NaN, 2 * m, 4 * m);
    expect(isDecided(observed, reachedAll, m, false)).toBe(true);
  });
});

describe("a validation that may end early", () => {
  const options = { ...defaultValidationOptions, repeats: 1, permutations: 1000, extended: false };
  const threadFile = bundleThread();

  it("ends for rows of one distribution, at the same permutation on any number of threads", async () => {
    const input = gramInput(
      normalRows(24, 20, 1, decay),
      normalRows(24, 20, 2, decay),
      pairNames(24),
    );
    const own = { ...options, sequential: true };
    const alone = await validateGram(input, fit, own, quietContext({ threads: 0 }));
    const threads = { threads: 2, threadFile: await threadFile };
    const shared = await validateGram(input, fit, own, quietContext(threads));
    const { count, requested, sequential } = alone.permutations ?? {};
    expect(sequential).toEqual({ reaching: mostReaching });
    expect(count).toBeLessThan(1000);
    expect(requested).toBe(count);
    expect(alone.directions.forward.permutation?.heldOut?.permuted).toHaveLength(count ?? NaN);
    expect(shared.directions.forward.permutation).toEqual(alone.directions.forward.permutation);
    expect(shared.maxP).toBe(alone.maxP);
  });

  it("has all permutations that were asked for by number", async () => {
    const input = gramInput(
      normalRows(16, 12, 1, decay),
      normalRows(16, 12, 2, decay),
      pairNames(16),
    );
    const own = { ...options, permutations: 300 };
    const report = await validateGram(input, fit, own, quietContext({ threads: 0 }));
    expect(report.permutations?.count).toBe(300);
    expect(report.permutations?.sequential).toBeUndefined();
  });
});
