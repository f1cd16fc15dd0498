import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleThread } from "../unit/ged/validation/support.ts";
import { judge, type Verdict } from "./calibrate.ts";
import { drawCalibration, type PowerPoint } from "./draw.ts";
import { uniformityP } from "./kolmogorovSmirnov.ts";

/**
 * 200 seeded data sets of each size whose labels carry nothing, and data sets with a planted direction of rising
 * strength. Writes its numbers and its picture to output/. CALIBRATION_SETS=20 gives a quick look; its bounds are for 200.
 */
const sets = Number(process.env.CALIBRATION_SETS ?? 200);
const strengths = [1, 2, 4, 8, 16, 32];
const setsForPower = Math.ceil(0.3 * sets);
const output = "test/calibration/output";
const results = new Map<string, Verdict[]>();
const power: PowerPoint[] = [];
let threadFile: string;

beforeAll(async () => {
  threadFile = await bundleThread();
});

afterAll(() => {
  mkdirSync(output, { recursive: true });
  const summary = [...results].map(([name, verdicts]) => ({
    name,
    sets: verdicts.length,
    uniformity: uniformityP(verdicts.map(({ p }) => p)),
    uniformityInSample: uniformityP(verdicts.map(({ inSampleP }) => inSampleP)),
    coverage: share(verdicts, ({ covers }) => covers),
  }));
  console.log(JSON.stringify({ summary, power }, null, 1));
  writeFileSync(`${output}/calibration.json`, JSON.stringify({ summary, power }, null, 1));
  writeFileSync(`${output}/calibration.svg`, drawCalibration(results, power));
});

function share(verdicts: readonly Verdict[], holds: (verdict: Verdict) => boolean): number {
  return verdicts.filter(holds).length / verdicts.length;
}

describe("labels that carry nothing", () => {
  it.each([
    { name: "2 x 53 rows in pairs", rows: 53, rank: 150, paired: true, repeats: 10 },
    { name: "2 x 400 rows", rows: 400, rank: 30, paired: false, repeats: 4 },
  ])("$name: p is uniform, the interval covers 1 in 92 to 98 of 100", async (size) => {
    const verdicts: Verdict[] = [];
    results.set(size.name, verdicts);
    for (let seed = 1; seed <= sets; seed += 1) {
      const { rows, rank, paired, repeats } = size;
      const effort = { repeats, permutations: 99, threadFile };
      verdicts.push(await judge({ seed, rows, rank, paired, planted: 1 }, effort));
    }
    expect(uniformityP(verdicts.map(({ p }) => p))).toBeGreaterThan(0.01);
    expect(uniformityP(verdicts.map(({ inSampleP }) => inSampleP))).toBeGreaterThan(0.01);
    const coverage = share(verdicts, ({ covers }) => covers);
    // Fewer data sets than the 200 that the bounds are meant for may stray by three standard errors.
    const allowed = sets >= 200 ? 0.03 : 3 * Math.sqrt((0.95 * 0.05) / sets);
    expect(coverage).toBeGreaterThanOrEqual(0.95 - allowed);
    expect(coverage).toBeLessThanOrEqual(0.95 + allowed);
  });
});

describe("a planted direction", () => {
  it("is found more often the stronger it is, up to what knowing it would allow", async () => {
    for (const planted of strengths) {
      let found = 0;
      for (let seed = 1001; seed <= 1000 + setsForPower; seed += 1) {
        const simulation = { seed, rows: 53, rank: 40, paired: true, planted };
        const { p } = await judge(simulation, { repeats: 2, permutations: 99, threadFile });
        if (p <= 0.05) found += 1;
      }
      power.push({
        strength: planted,
        power: found / setsForPower,
        bound: powerOfKnownDirection(planted, 53),
      });
    }
    const error = (p: number) => 3 * Math.sqrt(Math.max(0.02, p * (1 - p)) / setsForPower);
    power.forEach((point, i) => {
      expect(point.power).toBeLessThanOrEqual(point.bound + error(point.bound));
      if (i > 0) {
        expect(point.power).toBeGreaterThanOrEqual(power[i - 1].power - error(point.power));
      }
    });
    expect(power[power.length - 1].power).toBeGreaterThan(0.9);
  });
});

/**
 * Power of a one-sided test at 0.05 of the ratio of two variances, were the direction known: the logarithm of
 * the ratio is about normal with variance `4 / (n - 1)`.
 */
function powerOfKnownDirection(ratio: number, rows: number): number {
  const x = Math.log(ratio) / Math.sqrt(4 / (rows - 1)) - 1.6448536;
  return normalDistribution(x);
}

/** Abramowitz and Stegun 26.2.17, to 1e-7. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
