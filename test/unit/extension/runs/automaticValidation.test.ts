import { describe, expect, it } from "vitest";
import { automaticValidation } from "../../../../extension/runs/automaticValidation.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { makeRun } from "../../../support/makeRun.ts";

async function summaryOf(rows: number, columns: number, components: number, referenceRows = rows) {
  const { summary } = await makeRun();
  return {
    ...summary,
    target: { ...summary.target, rows, columns },
    reference: { ...summary.reference, rows: referenceRows, columns },
    compression: { ...summary.compression, components },
  };
}

const limit = { seconds: 120, processors: 2 };

describe("automaticValidation", () => {
  it("does everything if that takes seconds, and ends early if it can", async () => {
    expect(automaticValidation(await summaryOf(53, 3072, 74), limit)).toEqual({
      ...defaultValidationOptions,
      sequential: true,
    });
  });

  it("does less for more rows, by what the limit allows", async () => {
    const some = automaticValidation(await summaryOf(1000, 3072, 300), limit);
    expect(some?.permutations).toBeGreaterThanOrEqual(100);
    expect(some?.extended).toBe(false);
    const more = automaticValidation(await summaryOf(1000, 3072, 300), { ...limit, seconds: 600 });
    expect(more?.permutations).toBeGreaterThan(some?.permutations ?? Infinity);
  });

  it("knows that conditions of unlike size take each labelling a decomposition", async () => {
    const alike = automaticValidation(await summaryOf(400, 3072, 204), limit);
    const unlike = automaticValidation(await summaryOf(401, 3072, 204, 399), limit);
    expect(alike?.permutations).toBe(defaultValidationOptions.permutations);
    expect(unlike?.permutations ?? 0).toBeLessThan(200);
    const few = automaticValidation(await summaryOf(53, 3072, 74, 48), limit);
    expect(few?.permutations).toBe(defaultValidationOptions.permutations);
  });

  it("covers thousands of rows, and waits to be asked for more or without time", async () => {
    const many = await summaryOf(2500, 256, 60);
    expect(automaticValidation(many, limit)?.permutations).toBeGreaterThanOrEqual(100);
    expect(automaticValidation(await summaryOf(2501, 256, 60), limit)).toBeUndefined();
    expect(automaticValidation(many, { ...limit, seconds: 0 })).toBeUndefined();
    expect(automaticValidation(await summaryOf(2000, 3072, 2000), limit)).toBeUndefined();
  });
});
