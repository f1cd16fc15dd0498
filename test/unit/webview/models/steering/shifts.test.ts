import { describe, expect, it } from "vitest";
import { oneStep, randomRange, shiftAtKl } from "../../../../../webview/models/steering/shifts.ts";

const step = (at: number, shift: number, kl: number) => ({
  step: at,
  shift: { mean: shift, interval: { low: shift - 1, high: shift + 1 } },
  kl: { mean: kl },
});
const steps = [step(-2, -4, 0.5), step(-1, -1, 0.05), step(1, 2, 0.05), step(2, 3, 0.25)];

describe("the shift at a fixed KL", () => {
  it("lies between the two steps around it, for either sign", () => {
    expect(shiftAtKl(steps, 0.1, 1)?.mean).toBeCloseTo(2.25, 12);
    expect(shiftAtKl(steps, 0.1, -1)?.mean).toBeCloseTo(-1 - 3 / 9, 12);
    expect(shiftAtKl(steps, 0.1, 1)?.interval?.low).toBeCloseTo(1.25, 12);
  });

  it("begins where nothing is changed", () => {
    expect(shiftAtKl(steps, 0.025, 1)).toEqual({ mean: 1, interval: { low: 0.5, high: 1.5 } });
  });

  it("is unknown beyond the last step and without steps of that sign", () => {
    expect(shiftAtKl(steps, 0.6, 1)).toBeUndefined();
    expect(shiftAtKl(steps.slice(0, 2), 0.1, 1)).toBeUndefined();
  });

  it("has no interval if a step has none", () => {
    const single = [{ step: 1, shift: { mean: 2 }, kl: { mean: 0.2 } }];
    expect(shiftAtKl(single, 0.1, 1)).toEqual({ mean: 1 });
  });
});

it("sets one step against the range of random directions", () => {
  expect(oneStep({ kind: "add", use: "filter", steps, random: [] })?.mean).toBe(2);
  expect(oneStep({ kind: "add", use: "filter", steps: [], random: [] })).toBeUndefined();
  expect(randomRange([step(1, 0.2, 1), step(1, -0.3, 1)])).toEqual({ low: -0.3, high: 0.2 });
  expect(randomRange([])).toBeUndefined();
});
