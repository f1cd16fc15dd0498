import { describe, expect, it } from "vitest";
import { defaultGedOptions, type GedOptions } from "../../../../src/ged/method/options.ts";
import { expectedOn, planRun } from "../../../../src/ged/method/plan.ts";
import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { measureSpeed } from "../../../../src/linalg/measureSpeed.ts";

const gigabyte = 2 ** 30;
const machine = { memory: { limit: 8 * gigabyte, free: 8 * gigabyte }, cores: 2 };
const shape = (rows: number, columns: number) => ({
  targetRows: rows,
  referenceRows: rows,
  columns,
});

describe("planRun", () => {
  it("decomposes the shorter side", () => {
    expect(planRun(shape(53, 3072), defaultGedOptions, machine).route).toBe("gram");
    expect(planRun(shape(5000, 3072), defaultGedOptions, machine).route).toBe("covariance");
    expect(planRun(shape(500, 14336), defaultGedOptions, machine).route).toBe("gram");
  });

  it("searches without forming the covariance where that costs less", () => {
    const route = (rows: number, columns: number, options: Partial<GedOptions> = {}) =>
      planRun(shape(rows, columns), { ...defaultGedOptions, ...options }, machine).route;
    expect(route(2000, 3072)).toBe("krylov");
    expect(route(3000, 3072)).toBe("krylov");
    // Too small or too large, or in need of more than a search finds.
    expect(route(500, 512)).toBe("covariance");
    expect(route(2000, 3072, { keep: { share: 1 } })).toBe("covariance");
    expect(route(2000, 3072, { keep: { count: 1000 } })).toBe("covariance");
    expect(route(2000, 3072, { precision: "single" })).toBe("covariance");
    expect(route(2000, 3072, { engine: "script" })).toBe("covariance");
    expect(route(8_000, 10_000)).toBe("covariance");
  });

  it("multiplies very many rows in single precision, where their file holds no more", () => {
    const precision = (rows: number, fitsSingle: boolean, options: Partial<GedOptions> = {}) =>
      planRun({ ...shape(rows, 3072), fitsSingle }, { ...defaultGedOptions, ...options }, machine)
        .precision;
    expect(precision(10_000, true)).toBe("single");
    expect(precision(10_000, false)).toBe("double");
    expect(precision(4_000, true)).toBe("double");
    expect(precision(10_000, true, { precision: "double" })).toBe("double");
    expect(precision(10_000, true, { engine: "script" })).toBe("double");
    expect(precision(4_000, false, { precision: "single" })).toBe("single");
  });

  it("obeys an override and says so", () => {
    const plan = planRun(shape(53, 3072), { ...defaultGedOptions, route: "covariance" }, machine);
    expect(plan.route).toBe("covariance");
    expect(plan.reason).toContain("asked for");
  });

  it("refuses what the machine could not hold, with both figures", () => {
    const small = { memory: { limit: gigabyte, free: gigabyte }, cores: 2 };
    expect(() => planRun(shape(50_000, 14336), defaultGedOptions, small)).toThrow(
      /needs about .* GB of memory, and there are 1\.0 GB here in all/,
    );
  });

  it("runs what fits though little is free now, and warns if it is tight", () => {
    const busy = (free: number) => ({ memory: { limit: 16 * gigabyte, free }, cores: 2 });
    const large = shape(50_000, 14336);
    const plan = planRun(large, defaultGedOptions, busy(gigabyte / 8));
    expect(plan.warnings).toEqual([
      expect.stringMatching(
        /^Memory is tight: this run needs about 7\.7 GB and 0\.13 GB of 16 GB are free \(100000 rows, 14336 neurons, covariance route\)\./,
      ),
    ]);
    expect(planRun(large, defaultGedOptions, busy(12 * gigabyte)).warnings).toEqual([]);
    expect(planRun(shape(53, 3072), defaultGedOptions, busy(gigabyte / 8)).warnings).toEqual([]);
  });
});

describe("expectedOn", () => {
  const products = createScriptProducts();

  it("goes by the speed of the engine as it started, products and decomposition apart", () => {
    const speed = measureSpeed(products);
    const decomposition = 4096 ** 3 / speed.decomposition;
    const seconds = (rows: number, precision: "double" | "single") => {
      const own = shape(rows, 4096);
      const plan = planRun(own, { ...defaultGedOptions, precision }, machine);
      return expectedOn(plan, own, products).seconds;
    };
    for (const precision of ["double", "single"] as const) {
      expect(seconds(50_000, precision)).toBeCloseTo(
        (50_000 * 4096 ** 2) / speed[precision] + decomposition,
        6,
      );
    }
  });

  it("measures nothing for a run of less than a second", () => {
    const own = shape(53, 3072);
    const plan = planRun(own, defaultGedOptions, machine);
    expect(expectedOn(plan, own, products)).toBe(plan);
  });
});
