import { expect, it } from "vitest";
import { cosine, meanDirection } from "../../../../../webview/models/means/directions.ts";
import { exampleRun } from "../../exampleRun.ts";

const run = exampleRun({ discriminant: Float64Array.of(0, 0.6, -0.8, 0) });

it("points from the silent mean to the carried one, with unit length, whichever is in front", () => {
  // The means differ by 3, 1, 2, 1.
  const root = Math.sqrt(15);
  const forward = meanDirection(run, "meanDifference", "forward") ?? [];
  expect([...forward].map((value) => value * root)).toEqual([3, 1, 2, 1].map(near));
  const swapped = meanDirection(run, "meanDifference", "swapped") ?? [];
  expect([...swapped].map((value) => value * root)).toEqual([-3, -1, -2, -1].map(near));
  expect([...(meanDirection(run, "discriminant", "swapped") ?? [])]).toEqual(
    [0, -0.6, 0.8, 0].map(near),
  );
});

it("is absent if the means are equal or the run keeps none", () => {
  const { neurons } = run;
  const equal = { neurons: { ...neurons, targetMean: neurons.referenceMean } };
  expect(meanDirection(equal, "meanDifference", "forward")).toBeUndefined();
  expect(meanDirection({ neurons }, "discriminant", "forward")).toBeUndefined();
});

it("keeps its length for values whose squares a double does not hold", () => {
  for (const size of [1e300, 1e-300]) {
    const targetMean = Float64Array.of(3 * size, 4 * size, 0, 0);
    const found = meanDirection(
      { neurons: { ...run.neurons, targetMean } },
      "meanDifference",
      "forward",
    );
    expect([...(found ?? [])]).toEqual([0.6, 0.8, 0, 0].map(near));
    expect(cosine(targetMean, Float64Array.of(size, 0, 0, 0))).toBeCloseTo(0.6, 12);
  }
});

it("gives the cosine of two vectors, and none of a vector that is 0", () => {
  expect(cosine(Float64Array.of(1, 1), Float64Array.of(-2, 0))).toBeCloseTo(-Math.SQRT1_2, 12);
  expect(cosine(Float64Array.of(1, 1), Float64Array.of(0, 0))).toBeNaN();
});

const near = (value: number): unknown => expect.closeTo(value, 12);
