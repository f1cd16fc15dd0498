import { describe, expect, it } from "vitest";
import { heldOutChange } from "../../../../src/runs/compare/heldOutChange.ts";

const narrow = { ratio: 4, interval: { low: 2, high: 8 } };
const wide = { ratio: 8, interval: { low: 1, high: 64 } };

describe("the change of a held-out ratio", () => {
  it("has on a logarithmic scale the root of both squared widths", () => {
    const change = heldOutChange(narrow, wide, "noneKnown");
    expect(change?.factor).toBe(2);
    const half = Math.hypot(Math.log(2), Math.log(8));
    expect(Math.log(change?.interval?.low ?? NaN)).toBeCloseTo(Math.log(2) - half, 12);
    expect(Math.log(change?.interval?.high ?? NaN)).toBeCloseTo(Math.log(2) + half, 12);
  });

  it("is the inverse the other way round", () => {
    const there = heldOutChange(narrow, wide, "sameRoles");
    const back = heldOutChange(wide, narrow, "sameRoles");
    expect(back?.factor).toBe(1 / (there?.factor ?? NaN));
    expect(back?.interval?.low).toBeCloseTo(1 / (there?.interval?.high ?? NaN), 12);
  });

  it("has no interval if conditions change roles, or a run has none that is finite", () => {
    expect(heldOutChange(narrow, wide, "crossedRoles")).toEqual({ factor: 2 });
    expect(heldOutChange({ ratio: 4 }, wide, "noneKnown")).toEqual({ factor: 2 });
    const open = { ratio: 4, interval: { low: 0, high: Infinity } };
    expect(heldOutChange(open, wide, "noneKnown")).toEqual({ factor: 2 });
  });

  it.each([0, Infinity, NaN])("is none for a ratio of %f", (ratio) => {
    expect(heldOutChange({ ratio }, wide, "noneKnown")).toBeUndefined();
    expect(heldOutChange(undefined, wide, "noneKnown")).toBeUndefined();
  });
});
