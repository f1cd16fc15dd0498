import { describe, expect, it } from "vitest";
import { makeRun } from "../../support/makeRun.ts";

describe("a summary's error estimate", () => {
  it("bounds what single precision does to the eigenvalues, without being idle", async () => {
    const options = { route: "covariance" } as const;
    const double = (await makeRun({ ...options, precision: "double" }, 600, 40)).summary;
    const single = (await makeRun({ ...options, precision: "single" }, 600, 40)).summary;
    expect(double.plan.errorEstimate).toBe(0);
    expect(single.plan.precision).toBe("single");
    const errors = single.directions.forward.eigenvalues.map((value, i) =>
      Math.abs(value / double.directions.forward.eigenvalues[i] - 1),
    );
    const worst = Math.max(...errors);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(single.plan.errorEstimate);
    expect(single.plan.errorEstimate).toBeLessThan(1e-3);
  });

  it("is nothing where rows are few, for the Gram route is always in double precision", async () => {
    const { plan } = (await makeRun({ precision: "single" })).summary;
    expect([plan.route, plan.precision, plan.errorEstimate]).toEqual(["gram", "double", 0]);
  });
});
