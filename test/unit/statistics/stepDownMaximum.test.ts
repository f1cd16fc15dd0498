import { describe, expect, it } from "vitest";
import { stepDownMaximum } from "../../../src/statistics/stepDownMaximum.ts";
import { seededNormal } from "../../support/random.ts";

/** Observed and 99 permuted statistics of `tests` tests that share a part `common` of their variance. */
function nullSet(seed: number, tests: number, common: number) {
  const normal = seededNormal(seed);
  const values = Array.from({ length: 100 }, () => {
    const [shared, ...own] = Array.from({ length: tests + 1 }, normal);
    return own.map(
      (value, test) =>
        (1 + test) * (Math.sqrt(common) * shared + Math.sqrt(1 - common) * value) + 10 * test,
    );
  });
  return { observed: values[0], permuted: values.slice(1) };
}

describe("p corrected over several tests under the same permutations", () => {
  it("is the plain permutation p of a single test", () => {
    const permuted = [1, 5, 3, 2].map((value) => [value]);
    expect(stepDownMaximum([3], permuted)).toEqual([3 / 5]);
    expect(stepDownMaximum([9], permuted)).toEqual([1 / 5]);
    expect(stepDownMaximum([0], permuted)).toEqual([1]);
  });

  it("changes nothing if all tests are one and the same", () => {
    const { observed, permuted } = nullSet(3, 1, 0);
    const alone = stepDownMaximum(observed, permuted)[0];
    const thrice = stepDownMaximum(
      [0, 1, 2].map(() => observed[0]),
      permuted.map(([value]) => [value, value, value]),
    );
    expect(thrice).toEqual([alone, alone, alone]);
  });

  it("does not depend on a test's unit or origin, nor on the order of the tests", () => {
    const { observed, permuted } = nullSet(4, 5, 0.3);
    const p = stepDownMaximum(observed, permuted);
    const other = (values: readonly number[]) =>
      values.map((value, i) => 7 * value - 3 * i).reverse();
    expect(stepDownMaximum(other(observed), permuted.map(other)).reverse()).toEqual(p);
  });

  it("steps down: the second largest is not held against permutations of the largest", () => {
    const permuted = Array.from({ length: 99 }, (_, m) => [m % 10, (m % 7) / 10]);
    const [first, second] = stepDownMaximum([1000, 0.9], permuted);
    expect(first).toBe(1 / 100);
    expect(second).toBe(1 / 100);
  });

  it("is never smaller for a weaker test, and counts what could not be computed as reaching", () => {
    const { observed, permuted } = nullSet(5, 6, 0);
    const unknown = permuted.map((values, m) => (m < 10 ? values.map(() => NaN) : values));
    const p = stepDownMaximum(observed, unknown);
    expect(Math.min(...p)).toBeGreaterThanOrEqual(11 / 100);
  });

  for (const common of [0, 0.5, 0.95]) {
    it(`errs in 5 of 100 families of 24 tests at most, ${common} of their variance in common`, () => {
      const families = 400;
      let wrong = 0;
      for (let seed = 1; seed <= families; seed += 1) {
        const { observed, permuted } = nullSet(seed, 24, common);
        if (Math.min(...stepDownMaximum(observed, permuted)) <= 0.05) wrong += 1;
      }
      // Exact: 20 expected of 400, with a standard error of 4.4.
      expect(wrong).toBeGreaterThanOrEqual(7);
      expect(wrong).toBeLessThanOrEqual(33);
    });
  }
});
