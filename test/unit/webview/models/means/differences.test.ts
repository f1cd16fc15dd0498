import { describe, expect, it } from "vitest";
import type { ScoredComponent, ValidationReport } from "../../../../../src/protocol/results.ts";
import {
  differencesGrounds,
  differencesOf,
  differencesSentence,
  distanceOfMeans,
} from "../../../../../webview/models/means/differences.ts";
import { exampleReport, exampleRun } from "../../exampleRun.ts";

/** A report with baselines whose held-out AUCs have intervals that begin at these values. */
function report(
  lows: readonly [number?, number?],
  verdict: "holds" | "not-shown" | "does-not-hold" | "cannot-tell" = "holds",
): ValidationReport {
  const { inSample, heldOut } = exampleReport().directions.forward;
  const [meanDifference, linearDiscriminant] = lows.map((low): ScoredComponent => ({
    inSample,
    heldOut,
    ...(low === undefined ? {} : { heldOutAucInterval: { low, high: 0.99 } }),
  }));
  if (!meanDifference || !linearDiscriminant) throw new Error("Two values are needed.");
  return exampleReport({ verdict, more: { baselines: { meanDifference, linearDiscriminant } } });
}

describe("which of the two the conditions differ by", () => {
  it("is not known before rows have been held out, however far the means are apart", () => {
    expect(differencesOf(null)).toEqual({ means: "unknown", variances: "unknown" });
    expect(differencesSentence(exampleRun(), null)).toBe(
      "Whether him and her differ in their means or in their variances is not known: validate with baselines.",
    );
  });

  it.each([
    [[0.51, 0.4], "yes"],
    [[0.4, 0.51], "yes"],
    [[undefined, 0.51], "yes"],
    [[0.5, 0.5], "no"],
    [[undefined, 0.4], "unknown"],
  ] as const)("goes by the lower ends %j of the AUC of the means: %s", (lows, means) => {
    expect(differencesOf(report(lows)).means).toBe(means);
  });

  it.each([
    ["holds", "yes"],
    ["not-shown", "no"],
    ["does-not-hold", "no"],
    ["cannot-tell", "unknown"],
  ] as const)("goes by the verdict %s on the variances: %s", (verdict, variances) => {
    expect(differencesOf(report([0.6, 0.6], verdict)).variances).toBe(variances);
  });

  it("takes one direction that holds for a difference, whatever the other is", () => {
    const own = report([0.4, 0.4], "cannot-tell");
    const swapped = { ...own.directions.swapped, verdict: "holds" as const };
    const found = { ...own, directions: { ...own.directions, swapped } };
    expect(differencesOf(found)).toEqual({ means: "no", variances: "yes" });
    expect(differencesSentence(exampleRun(), found)).toBe(
      "him and her differ in their variances; a difference of means is not shown.",
    );
  });

  it("knows nothing of the means without baselines", () => {
    expect(differencesOf(exampleReport())).toEqual({ means: "unknown", variances: "yes" });
  });
});

describe("the distance of the means", () => {
  it("is in spreads of the rows, beside what equal means would give", () => {
    // |d|^2 = 15; traces 4 and 10; 53 rows each.
    const found = distanceOfMeans(exampleRun());
    expect(found?.distance).toBeCloseTo(Math.sqrt(15 / 7), 12);
    expect(found?.chance).toBeCloseTo(Math.sqrt(14 / 53 / 7), 12);
    expect(differencesGrounds(exampleRun())).toContain("the means are 1.46 apart");
  });

  it("says that moments test no difference of means", () => {
    const run = exampleRun();
    expect(differencesGrounds(run)).not.toContain("From moments");
    const summary = { ...run.summary, atHand: { target: 0, reference: 0 } };
    expect(differencesGrounds({ ...run, summary })).toContain("From moments rows are not scored");
  });

  it("does not overflow with variances near what a double holds", () => {
    const { neurons } = exampleRun();
    const times = (by: number) => (values: Float64Array) => values.map((value) => value * by);
    const large = {
      targetMean: times(1e150)(neurons.targetMean),
      referenceMean: neurons.referenceMean,
      targetVariance: times(1e300)(neurons.targetVariance),
      referenceVariance: times(1e300)(neurons.referenceVariance),
    };
    expect(distanceOfMeans(exampleRun({ neurons: large }))?.distance).toBeCloseTo(
      Math.sqrt(15 / 7),
      12,
    );
  });

  it("is unknown of constant rows, and says so of equal means", () => {
    const { neurons } = exampleRun();
    const none = new Float64Array(4);
    const constant = { ...neurons, targetVariance: none, referenceVariance: none };
    expect(distanceOfMeans(exampleRun({ neurons: constant }))).toBeUndefined();
    const equal = { ...neurons, targetMean: neurons.referenceMean };
    expect(differencesGrounds(exampleRun({ neurons: equal }))).toContain("The means are equal");
  });
});
