import { describe, expect, it } from "vitest";
import { describeTensor } from "../../../src/activations/describeTensor.ts";
import { nodeFileSystem } from "../../../src/activations/nodeFileSystem.ts";
import { openActivationFile } from "../../../src/activations/openActivationFile.ts";
import { Cancellation } from "../../../src/cancellation.ts";

async function describeFile(path: string, tensor = "") {
  const file = await openActivationFile(path, nodeFileSystem);
  const fractions: number[] = [];
  try {
    const found = await describeTensor(file, tensor, new Cancellation(), (fraction) =>
      fractions.push(fraction),
    );
    return { found, fractions };
  } finally {
    await file.close();
  }
}

describe("describeTensor", () => {
  it("gives numpy's moments of real activations", async () => {
    const { found, fractions } = await describeFile("samples/him.npy");
    expect([found.rows, found.columns]).toEqual([53, 3072]);
    // numpy: x.min(), x.max(), x.mean(), x.std(ddof=1) in float64
    expect(found.minimum).toBeCloseTo(-0.16997122764587402, 9);
    expect(found.maximum).toBeCloseTo(2.842804193496704, 9);
    expect(found.mean).toBeCloseTo(-0.04757920816558997, 12);
    expect(found.standardDeviation).toBeCloseTo(0.15294398706504006, 12);
    expect(found.columnMean[98]).toBeCloseTo(0.051026481361883994, 12);
    expect(found.columnVariance[98]).toBeCloseTo(0.15347665100499785, 12);
    expect(found.histogram.reduce((sum, count) => sum + count, 0)).toBe(53 * 3072);
    expect(found.head.rows.length).toBe(10);
    expect(fractions.at(-1)).toBe(1);
  });

  it("counts what is not finite and leaves it out", async () => {
    const { found } = await describeFile("test/formats/data/nan_inf.npy");
    expect([found.notNumbers, found.infinities]).toEqual([1, 1]);
    expect(found.firstNonFinite).toEqual({ row: 3, column: 5 });
    expect(Number.isFinite(found.mean) && Number.isFinite(found.maximum)).toBe(true);
    expect(found.histogram.reduce((sum, count) => sum + count, 0)).toBe(158);
  });

  it("names a tensor that is not there", async () => {
    await expect(describeFile("samples/him.npy", "her")).rejects.toThrow(/has no tensor "her"/);
  });
});
