import type { Keep } from "../../../../src/ged/method/keep.ts";
import { describe, expect, it } from "vitest";
import { cutScree } from "../../../../src/ged/method/cut.ts";

const eigenvalues = Float64Array.from([6, 3, 1]);

describe("cutScree", () => {
  it("keeps the fewest components that reach the share", () => {
    expect(cutScree(eigenvalues, 10, { share: 0.6 })).toEqual({ components: 1, varianceKept: 0.6 });
    expect(cutScree(eigenvalues, 10, { share: 0.61 }).components).toBe(2);
    expect(cutScree(eigenvalues, 10, { share: 0.9 })).toEqual({ components: 2, varianceKept: 0.9 });
  });

  it("keeps all where rounding puts the share out of reach", () => {
    expect(cutScree(eigenvalues, 10 * (1 + 1e-15), { share: 1 }).components).toBe(3);
  });

  it("keeps exactly as many as asked for, or at most as many", () => {
    const kept = (keep: Keep) => cutScree(eigenvalues, 10, keep).components;
    expect(kept({ count: 2 })).toBe(2);
    expect(kept({ count: 9 })).toBe(3);
    expect(kept({ share: 0.6, atMost: 2 })).toBe(1);
    expect(kept({ share: 0.9, atMost: 1 })).toBe(1);
  });
});
