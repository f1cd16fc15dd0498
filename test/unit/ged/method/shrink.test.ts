import { describe, expect, it } from "vitest";
import { shrink } from "../../../../src/ged/method/shrink.ts";
import { matrix } from "../../../../src/linalg/matrix.ts";

describe("shrink", () => {
  it("keeps the trace and moves towards the mean eigenvalue", () => {
    const covariance = matrix(2, 2, Float64Array.from([3, 1, 1, 1]));
    const { covariance: shrunk, alpha } = shrink(covariance, 0.25);
    expect(alpha).toBe(2);
    expect([...shrunk.values]).toEqual([0.75 * 3 + 0.5, 0.75, 0.75, 0.75 + 0.5]);
  });

  it("is the covariance itself at 0 and a multiple of the identity at 1", () => {
    const covariance = matrix(2, 2, Float64Array.from([3, 1, 1, 1]));
    expect([...shrink(covariance, 0).covariance.values]).toEqual([3, 1, 1, 1]);
    expect([...shrink(covariance, 1).covariance.values]).toEqual([2, 0, 0, 2]);
  });
});
