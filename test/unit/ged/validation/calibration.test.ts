import { describe, expect, it } from "vitest";
import { judge } from "../../../calibration/calibrate.ts";
import { uniformityP } from "../../../calibration/kolmogorovSmirnov.ts";

/** The small version of `npm run test:calibration`: fewer, smaller data sets and wider bounds. */
const effort = { repeats: 3, permutations: 49 };

async function judgeAll(sets: number, planted: number) {
  const verdicts = [];
  for (let seed = 1; seed <= sets; seed += 1) {
    verdicts.push(
      await judge({ seed, rows: 16, rank: 24, paired: seed % 2 === 0, planted }, effort),
    );
  }
  return verdicts;
}

describe("on data whose labels carry nothing", () => {
  it("p is uniform and the interval covers 1", async () => {
    const verdicts = await judgeAll(40, 1);
    expect(uniformityP(verdicts.map(({ p }) => p))).toBeGreaterThan(0.01);
    expect(uniformityP(verdicts.map(({ inSampleP }) => inSampleP))).toBeGreaterThan(0.01);
    const covered = verdicts.filter(({ covers }) => covers).length / verdicts.length;
    // Five standard errors of a true 95 %.
    expect(covered).toBeGreaterThanOrEqual(0.85);
  }, 120_000);
});

describe("on data with a planted direction", () => {
  it("the null is left behind", async () => {
    const verdicts = await judgeAll(12, 30);
    expect(verdicts.filter(({ p }) => p <= 0.05).length).toBeGreaterThanOrEqual(10);
  }, 120_000);
});

describe("the test of uniformity", () => {
  it("accepts a uniform sample and refuses others", () => {
    const even = Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200);
    expect(uniformityP(even)).toBeGreaterThan(0.99);
    expect(uniformityP(even.map((p) => p ** 1.3))).toBeLessThan(0.05);
    expect(uniformityP(even.map((p) => p / 2))).toBeLessThan(1e-6);
    // scipy.stats.kstest([0.1, 0.2, 0.3, 0.4, 0.9], "uniform", method="asymp") has D = 0.4
    expect(uniformityP([0.1, 0.2, 0.3, 0.4, 0.9])).toBeGreaterThan(0.2);
  });
});
