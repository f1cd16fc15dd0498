import { describe, expect, it } from "vitest";
import { automaticValidation } from "../../../../extension/runs/automaticValidation.ts";
import { defaultValidationOptions } from "../../../../src/ged/validation/options.ts";
import { makeRun } from "../../../support/makeRun.ts";

async function summaryOf(rows: number) {
  const { summary } = await makeRun();
  return {
    ...summary,
    target: { ...summary.target, rows },
    reference: { ...summary.reference, rows },
  };
}

describe("automaticValidation", () => {
  it("does everything where that takes seconds", async () => {
    expect(automaticValidation(await summaryOf(53))).toEqual(defaultValidationOptions);
  });

  it("does less for more rows and waits to be asked for many", async () => {
    const some = automaticValidation(await summaryOf(400));
    expect(some?.permutations).toBeLessThan(defaultValidationOptions.permutations);
    expect(some?.extended).toBe(false);
    expect(automaticValidation(await summaryOf(5000))).toBeUndefined();
  });
});
