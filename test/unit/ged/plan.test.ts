import { describe, expect, it } from "vitest";
import { defaultGedOptions } from "../../../src/ged/options.ts";
import { planRun } from "../../../src/ged/plan.ts";

const machine = { availableBytes: 8 * 2 ** 30, cores: 2 };
const shape = (rows: number, columns: number) => ({
  targetRows: rows,
  referenceRows: rows,
  columns,
});

describe("planRun", () => {
  it("decomposes the shorter side", () => {
    expect(planRun(shape(53, 3072), defaultGedOptions, machine).route).toBe("gram");
    expect(planRun(shape(2000, 3072), defaultGedOptions, machine).route).toBe("covariance");
    expect(planRun(shape(500, 14336), defaultGedOptions, machine).route).toBe("gram");
  });

  it("obeys an override and says so", () => {
    const plan = planRun(shape(53, 3072), { ...defaultGedOptions, route: "covariance" }, machine);
    expect(plan.route).toBe("covariance");
    expect(plan.reason).toContain("asked for");
  });

  it("refuses what would not fit, with both figures", () => {
    const small = { availableBytes: 2 ** 30, cores: 2 };
    expect(() => planRun(shape(50_000, 14336), defaultGedOptions, small)).toThrow(
      /needs about .* GB of memory and 1\.0 GB are free/,
    );
  });
});
