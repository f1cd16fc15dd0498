import { describe, expect, it } from "vitest";
import type { DirectionReport } from "../../../../src/ged/validation/report.ts";
import { isScaleOnly, verdictOn } from "../../../../src/ged/validation/verdict.ts";

type Judged = Pick<DirectionReport, "heldOut" | "heldOutRatioInterval" | "permutation">;

function direction(ratio: number | null, p: number, low?: number): Judged {
  const null_ = { observed: ratio ?? NaN, permuted: [], median: 1, maximum: 2, p };
  return {
    heldOut:
      ratio === null ? null : { ratio, targetVariance: ratio, referenceVariance: 1, auc: 0.5 },
    ...(low === undefined ? {} : { heldOutRatioInterval: { low, high: 100 } }),
    permutation: { inSample: null_, heldOut: ratio === null ? null : null_ },
  } as Judged;
}

describe("the verdict", () => {
  it.each([
    ["holds", 3, 0.05, 1.01, false],
    ["holds", 3, 0.001, 2, false],
    ["not-shown", 3, 0.051, 1.5, false],
    ["not-shown", 3, 0.01, 1, false],
    ["not-shown", 3, 0.01, 0.9, false],
    ["not-shown", 3, 0.01, undefined, false],
    ["does-not-hold", 1, 0.01, 0.9, false],
    ["does-not-hold", 0.4, 0.9, 0.2, false],
    ["does-not-hold", 3, 0.01, 2, true],
    ["cannot-tell", null, 0.01, 2, false],
    // A ratio that could not be measured is no small one.
    ["cannot-tell", NaN, 0.9, 0.2, false],
  ] as const)("is %s at a ratio of %s, p = %s, above %s, scale only: %s", (...facts) => {
    const [verdict, ratio, p, low, scaleOnly] = facts;
    expect(verdictOn(direction(ratio, p, low), scaleOnly, 1000, [])).toBe(verdict);
  });

  it("cannot be told without labels enough, or with dependence switched off", () => {
    const good = direction(3, 0.01, 2);
    expect(verdictOn(good, false, 19, [])).toBe("cannot-tell");
    expect(verdictOn(good, false, 20, [])).toBe("holds");
    expect(verdictOn(good, false, Infinity, [])).toBe("holds");
    for (const code of ["repeatedRows", "sharedTemplates", "misalignedPairs"] as const) {
      expect(verdictOn(good, false, 1000, [code])).toBe("cannot-tell");
      // Of what cannot be told, nothing else is said.
      expect(verdictOn(direction(0.5, 0.9, 0.1), true, 1000, [code])).toBe("cannot-tell");
    }
    expect(verdictOn(good, false, 1000, ["unnamedPairs"])).toBe("holds");
    const { heldOut, heldOutRatioInterval } = good;
    const untested = { heldOut, ...(heldOutRatioInterval ? { heldOutRatioInterval } : {}) };
    expect(verdictOn(untested, false, 1000, [])).toBe("cannot-tell");
  });

  it("is of scale alone if the rest is as much larger, beyond chance", () => {
    expect(isScaleOnly(direction(4, 0.01, 2), { ratio: 4, p: 0.01 })).toBe(true);
    expect(isScaleOnly(direction(9, 0.01, 4.5), { ratio: 4, p: 0.01 })).toBe(false);
    expect(isScaleOnly(direction(4, 0.01, 2), { ratio: 4, p: 0.06 })).toBe(false);
    expect(isScaleOnly(direction(0.5, 0.9, 0.2), { ratio: 0.9, p: 0.01 })).toBe(false);
    expect(isScaleOnly(direction(0.5, 0.9, 0.2), { ratio: 1.2, p: 0.01 })).toBe(false);
    expect(isScaleOnly(direction(3, 0.01), { ratio: 4, p: 0.01 })).toBe(true);
    expect(isScaleOnly(direction(null, 0.01, 2), { ratio: 4, p: 0.01 })).toBe(false);
  });
});
