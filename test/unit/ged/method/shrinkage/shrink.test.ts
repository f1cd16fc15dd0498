import { describe, expect, it } from "vitest";
import {
  meanEigenvalue,
  shrinking,
  shrunkCovariance,
  shrunkVariance,
} from "../../../../../src/ged/method/shrinkage/shrink.ts";
import { matrix } from "../../../../../src/linalg/matrix.ts";

describe("shrinking a covariance", () => {
  const covariance = matrix(2, 2, Float64Array.from([3, 1, 1, 1]));
  const shrunk = (gamma: number) =>
    shrunkCovariance(covariance, shrinking(gamma, meanEigenvalue(covariance)));

  it("keeps the trace and moves towards the mean eigenvalue", () => {
    expect(meanEigenvalue(covariance)).toBe(2);
    expect([...shrunk(0.25).values]).toEqual([0.75 * 3 + 0.5, 0.75, 0.75, 0.75 + 0.5]);
  });

  it("is the covariance itself at 0 and a multiple of the identity at 1", () => {
    expect([...shrunk(0).values]).toEqual([3, 1, 1, 1]);
    expect([...shrunk(1).values]).toEqual([2, 0, 0, 2]);
  });

  it("moves an eigenvalue as it moves the matrix", () => {
    expect(shrunkVariance(shrinking(0.25, 2), 3)).toBe(shrunk(0.25).values[0]);
  });
});
