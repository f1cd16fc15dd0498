import { describe, expect, it } from "vitest";
import { cutScree } from "../../../../src/ged/method/cut.ts";

const eigenvalues = Float64Array.from([6, 3, 1]);

describe("cutScree", () => {
  it("keeps the fewest components that reach the share", () => {
    expect(cutScree(eigenvalues, 10, 0.6)).toEqual({ components: 1, varianceKept: 0.6 });
    expect(cutScree(eigenvalues, 10, 0.61).components).toBe(2);
    expect(cutScree(eigenvalues, 10, 0.9)).toEqual({ components: 2, varianceKept: 0.9 });
  });

  it("keeps all where rounding puts the share out of reach", () => {
    expect(cutScree(eigenvalues, 10 * (1 + 1e-15), 1).components).toBe(3);
  });

  it("keeps exactly as many as asked for, or at most as many", () => {
    const fixed = (components: number, cap: boolean) =>
      cutScree(eigenvalues, 10, 0.6, { components, cap }).components;
    expect(fixed(2, false)).toBe(2);
    expect(fixed(9, false)).toBe(3);
    expect(fixed(2, true)).toBe(1);
  });
});
