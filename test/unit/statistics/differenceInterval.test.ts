import { describe, expect, it } from "vitest";
import { differenceInterval } from "../../../src/statistics/differenceInterval.ts";

describe("the interval of a difference", () => {
  it("is that of normal errors if both intervals are symmetric", () => {
    const found = differenceInterval(
      { value: 2, low: 1.7, high: 2.3 },
      { value: 1, low: 0.6, high: 1.4 },
    );
    expect(found.value).toBe(1);
    expect(found.low).toBeCloseTo(0.5, 12);
    expect(found.high).toBeCloseTo(1.5, 12);
  });

  it("is that of Newcombe's example (56/70 against 48/80, Wilson's intervals)", () => {
    const found = differenceInterval(
      { value: 0.8, low: 0.6918, high: 0.8769 },
      { value: 0.6, low: 0.4904, high: 0.7004 },
    );
    expect(found.low).toBeCloseTo(0.0524, 3);
    expect(found.high).toBeCloseTo(0.3339, 3);
  });
});
