import { describe, expect, it } from "vitest";
import { judge } from "../../../calibration/calibrate.ts";
import { errorRates } from "../../../calibration/errorRates/rates.ts";
import { uniformityP } from "../../../calibration/kolmogorovSmirnov.ts";
import { readVerdict, validateNull } from "../../../calibration/judgeNull.ts";
import { drawNull, largerScale, nulls } from "../../../calibration/nulls.ts";

/** The small version of `npm run test:calibration`: a few kinds, few data sets and wide bounds. */
const effort = { repeats: 1, permutations: 40, threads: 1 };
const sets = 12;

/** Both directions of each set. */
async function verdicts(draw: (typeof nulls)[string]) {
  const found = [];
  for (let seed = 1; seed <= sets; seed += 1) {
    const report = await validateNull(drawNull(draw, seed), seed, effort);
    found.push(
      readVerdict(report.directions.forward, report.omitted),
      readVerdict(report.directions.swapped, report.omitted),
    );
  }
  return found;
}

describe("on data whose labels carry nothing", () => {
  it.each([
    "gaussian",
    "mean gap 30",
    "rows five times",
    "rows repeat across conditions",
    "target repeats, pairs",
    "own templates, detected",
    "shared templates, detected",
    "subjects x condition",
  ])("p is small in few of the sets: %s", async (kind) => {
    const found = await verdicts(nulls[kind]);
    // Of 24 at 5 %, more than five are met with a probability of 0.001; untreated, most of them would be.
    expect(found.filter(({ p }) => p <= 0.05).length).toBeLessThanOrEqual(5);
    expect(found.filter(({ holds }) => holds).length).toBeLessThanOrEqual(4);
    expect(found.filter(({ covers }) => covers).length).toBeGreaterThanOrEqual(18);
  });

  it("no direction holds where everything is larger by a constant", async () => {
    const found = await verdicts(largerScale);
    expect(found.filter(({ holds }) => holds).length).toBeLessThanOrEqual(4);
  });
});

describe("errors that are controlled", () => {
  // At 5 % a set, more are met with a probability below 0.005.
  it.each([
    ["noise edge", 12, 4],
    ["24 layers", 2, 1],
    ["neurons", 3, 1],
  ])("are rare: %s", async (name, count, most) => {
    const rate = errorRates.find((own) => own.name === name);
    let sum = 0;
    for (let seed = 1; seed <= count; seed += 1) sum += (await rate?.judge(seed, effort)) ?? NaN;
    expect(sum).toBeLessThanOrEqual(most);
  });
});

describe("on data with a planted direction", () => {
  it.each([true, false])("it is found (pairs: %s)", async (paired) => {
    let found = 0;
    for (let seed = 1; seed <= 6; seed += 1) {
      const { forward } = await judge({ seed, rows: 20, rank: 24, paired, planted: 60 }, effort);
      if (forward.p <= 0.05) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(5);
  });
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
