import { beforeAll, describe, expect, it } from "vitest";
import { CellRunner } from "../runCells.ts";
import { errorRates } from "./rates.ts";

/** CALIBRATION_SETS=20 gives a quick look with wider bounds; what is finished stays in output/. */
const asked = process.env.CALIBRATION_SETS;
let runner: CellRunner<number>;

beforeAll(async () => {
  runner = await CellRunner.open(
    "test/calibration/output",
    "test/calibration/errorRates/process.ts",
    // Three minutes of 24 layers.
    10,
  );
});

describe("an error is as rare as is claimed", () => {
  it.each(errorRates)("$name", async ({ name, sets: wanted, least, most }) => {
    const sets = asked === undefined ? wanted : Number(asked);
    const found = await runner.outcomes(name, sets);
    const rate = found.reduce((sum, own) => sum + own, 0) / sets;
    console.log(`${name}: ${(100 * rate).toFixed(1)} % of ${String(sets)} sets`);
    // Fewer sets may stray by three standard errors.
    const error = sets < wanted ? 3 * Math.sqrt((0.05 * 0.95) / sets) : 0;
    expect(rate).toBeGreaterThanOrEqual(Math.max(0, least - error));
    expect(rate).toBeLessThanOrEqual(most + error);
  });
});
