import { expect, it } from "vitest";
import { describeRow, rangeOf, rowsInOrder, variance } from "../../../../webview/models/rows.ts";
import { exampleComponent, exampleRun } from "../exampleRun.ts";

it("names a row by its sentence where there is one", () => {
  const run = exampleRun();
  expect(describeRow(run, { condition: "reference", row: 0 })).toBe("Row 0 (her): I saw her.");
  expect(describeRow(run, { condition: "target", row: 7 })).toBe("Row 7 (him)");
});

it("walks the rows of both conditions from the smallest projection to the largest", () => {
  const { targetProjections, referenceProjections } = exampleComponent();
  expect(rowsInOrder({ target: targetProjections, reference: referenceProjections })).toEqual([
    { condition: "target", row: 0 },
    { condition: "reference", row: 1 },
    { condition: "reference", row: 0 },
    { condition: "target", row: 1 },
  ]);
});

it("measures spread about the values' own mean, ddof 1", () => {
  expect(variance(Float64Array.of(1, 2, 3, 6))).toBeCloseTo(14 / 3);
  expect(rangeOf(Float64Array.of(2, -1, 0.5))).toEqual({ low: -1, high: 2 });
});
