import { beforeAll, describe, expect, it } from "vitest";
import type { ValidationReport } from "../../../../../src/ged/validation/report.ts";
import { directionNames } from "../../../../../src/ged/method/directions.ts";
import { correctOverLayers } from "../../../../../src/ged/validation/layers/correctOverLayers.ts";
import { validateNull } from "../../../../calibration/judgeNull.ts";
import { nulls } from "../../../../calibration/nulls.ts";
import { drawNull } from "../../../../calibration/nulls.ts";

const effort = { repeats: 3, permutations: 59, threads: 1 };
const reports: ValidationReport[] = [];

beforeAll(async () => {
  for (const data of [1, 2, 3])
    reports.push(await validateNull(drawNull(nulls.gaussian, data), 7, effort));
});

describe("the best of several layers", () => {
  it("is corrected over layers whose labels were permuted alike", () => {
    expect(new Set(reports.map(({ permutations }) => permutations?.labelling)).size).toBe(1);
    const corrected = correctOverLayers(reports);
    reports.forEach((report, layer) => {
      for (const direction of directionNames) {
        const { permutation } = report.directions[direction];
        expect(corrected[layer]?.[direction]).toBeGreaterThanOrEqual(permutation?.heldOut?.p ?? 2);
      }
    });
  });

  it("leaves out a layer that failed", () => {
    const [first, second] = reports;
    const corrected = correctOverLayers([first, null, second]);
    expect(corrected[1]).toBeUndefined();
    expect(corrected.filter((_, i) => i !== 1)).toEqual(correctOverLayers([first, second]));
  });

  it("shares the error among layers whose labels were permuted otherwise", async () => {
    const other = await validateNull(drawNull(nulls["4 of 24 rows repeat"], 5), 7, effort);
    expect(other.permutations?.labelling).not.toBe(reports[0].permutations?.labelling);
    const [alone] = correctOverLayers([other]);
    const together = correctOverLayers([...reports, other]);
    expect(together[3]?.forward).toBeCloseTo(Math.min(1, 4 * (alone?.forward ?? NaN)), 12);
    const without = correctOverLayers(reports);
    without.forEach((own, layer) => {
      expect(together[layer]?.forward).toBeCloseTo(
        Math.min(1, (4 / 3) * (own?.forward ?? NaN)),
        12,
      );
    });
  });

  it("permutes otherwise with another seed", async () => {
    const other = await validateNull(drawNull(nulls.gaussian, 1), 8, effort);
    expect(other.permutations?.labelling).not.toBe(reports[0].permutations?.labelling);
  });
});
