import { describe, expect, it } from "vitest";
import { omit } from "../../../../src/lookup.ts";
import type { ValidationOptions } from "../../../../src/ged/validation/options.ts";
import { bestOfTwo } from "../../../../src/ged/validation/permutation/secondFit.ts";
import { validateGram } from "../../../../src/ged/validation/validateGram.ts";
import { simulate } from "../../../calibration/nullData.ts";
import { quietContext } from "./support.ts";

const data = simulate({ seed: 3, rows: 16, rank: 12, paired: false, planted: 8 });
const options: ValidationOptions = {
  ...{ folds: 4, repeats: 1, permutations: 40, seed: 2, extended: false },
  secondShrinkage: 0.1,
};
const validate = (shrinkage: number, more: Partial<ValidationOptions> = {}) =>
  validateGram(data, { keep: { share: 0.99 }, shrinkage }, { ...options, ...more }, quietContext());

describe("the p of the better of two tests", () => {
  it("is that of either if both are one", () => {
    const values = [5, 1, 2, 3, 4, 6, 0, 2.5, 3.5, 1.5];
    expect(bestOfTwo(values, values)).toBe(0.2);
  });

  it("is at least the smaller of both, and at most their sum", () => {
    const one = [9, 1, 8, 3, 4, 2, 7, 6, 5, 0];
    const other = [4, 9, 0, 8, 1, 7, 2, 6, 3, 5];
    expect(bestOfTwo(one, other)).toBeGreaterThanOrEqual(0.1);
    expect(bestOfTwo(one, other)).toBeLessThanOrEqual(0.1 + 0.6);
  });

  it("counts a labelling that could not be fitted as reaching all others", () => {
    expect(bestOfTwo([3, NaN, 1, 2], [3, 1, NaN, 2])).toBe(0.75);
  });
});

describe("a second fit", () => {
  it("is the fit with its shrinkage, on the same folds and permutations", async () => {
    const [both, alone] = [await validate(0.01), await validate(0.1, { secondShrinkage: 0.01 })];
    for (const direction of ["forward", "swapped"] as const) {
      const own = both.secondFit?.[direction];
      const { heldOut, heldOutRatioInterval, permutation } = alone.directions[direction];
      expect(own?.heldOutRatio).toBeCloseTo(heldOut?.ratio ?? NaN, 8);
      expect(own?.heldOutRatioInterval?.low).toBeCloseTo(heldOutRatioInterval?.low ?? NaN, 8);
      expect(own?.p).toBe(permutation?.heldOut?.p);
      expect(own?.bestP).toBe(alone.secondFit?.[direction].bestP);
      const first = both.directions[direction].permutation?.heldOut?.p ?? NaN;
      expect(own?.bestP).toBeGreaterThanOrEqual(Math.min(first, own?.p ?? NaN));
    }
  });

  it("changes nothing of the first", async () => {
    const words = { seconds: 0, secondFit: undefined };
    const first = await validateGram(
      data,
      { keep: { share: 0.99 }, shrinkage: 0.01 },
      omit(options, "secondShrinkage"),
      quietContext(),
    );
    expect({ ...(await validate(0.01)), ...words }).toEqual({ ...first, ...words });
  });

  it("is left out, and that is said, where it would say nothing", async () => {
    const same = await validate(0.1);
    expect(same.secondFit).toBeUndefined();
    expect(same.omitted).toContain("Second fit: shrinkage 0.1 is that of the first.");
    const unpermuted = await validate(0.01, { permutations: 0 });
    expect(unpermuted.omitted).toContain("Second fit: labels were not permuted.");
  });

  it.each([0, 1.5, NaN])("refuses a shrinkage of %s", async (secondShrinkage) => {
    await expect(validate(0.01, { secondShrinkage })).rejects.toThrow(
      "shrinkage of the second fit",
    );
  });
});
