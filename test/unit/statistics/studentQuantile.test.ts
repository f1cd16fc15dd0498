import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../../src/statistics/studentQuantile.ts";

describe("Student's t", () => {
  it.each([
    [1, 12.706204736174694],
    [2, 4.302652729749462],
    [3, 3.1824463052837078],
    [4, 2.7764451051977934],
    [7, 2.364624251592784],
    [30, 2.0422724563012378],
    [999, 1.9623414611334493],
    [1000, 1.9623390808264083],
    [1001, 1.9623367052808798],
    [100_000, 1.9599877075346095],
  ])("has scipy's 97.5 %% quantile for %i degrees of freedom", (freedom, quantile) => {
    expect(studentQuantile(freedom) / quantile).toBeCloseTo(1, 11);
  });

  it("has none below one degree of freedom", () => {
    expect(studentQuantile(0)).toBe(Infinity);
  });
});
