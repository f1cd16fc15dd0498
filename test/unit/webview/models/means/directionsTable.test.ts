import { expect, it } from "vitest";
import { directionsTable } from "../../../../../webview/models/means/directionsTable.ts";
import { exampleComponent, exampleReport, exampleRun } from "../../exampleRun.ts";

const run = exampleRun({ discriminant: Float64Array.of(1, 0, 0, 0) });
const near = (value: number): unknown => expect.closeTo(value, 12);

it("has the cosine of each two and the AUC of those that were tried", () => {
  const { inSample, heldOut } = exampleReport().directions.forward;
  if (!heldOut) throw new Error("Nothing is held out.");
  const baseline = (auc: number) => ({ inSample, heldOut: { ...heldOut, auc } });
  const report = exampleReport({
    more: { baselines: { meanDifference: baseline(0.81), linearDiscriminant: baseline(0.93) } },
  });
  const { columns, rows } = directionsTable(run, "forward", exampleComponent(), report);
  expect(columns).toEqual([
    "Cosine, in sample",
    "filter, component 1",
    "pattern, component 1",
    "mean difference",
    "linear discriminant",
    "AUC, held out",
  ]);
  // Filter (0.1, -0.9, 0.3, -0.3), pattern (1, 2, -3, 0), difference (3, 1, 2, 1), discriminant (1, 0, 0, 0).
  const [toPattern, toDifference] = [-2.6 / Math.sqrt(14), -0.3 / Math.sqrt(15)];
  const across = -1 / Math.sqrt(14 * 15);
  expect(rows).toEqual([
    ["filter, component 1", 1, near(toPattern), near(toDifference), near(0.1), 0.6],
    ["pattern, component 1", near(toPattern), 1, near(across), near(1 / Math.sqrt(14)), "–"],
    ["mean difference", near(toDifference), near(across), 1, near(3 / Math.sqrt(15)), 0.81],
    ["linear discriminant", near(0.1), near(1 / Math.sqrt(14)), near(3 / Math.sqrt(15)), 1, 0.93],
  ]);
});

it("leaves out a direction that the run does not have, and says of no AUC that it is known", () => {
  const { rows } = directionsTable(exampleRun(), "swapped", exampleComponent("swapped"), null);
  expect(rows.map(([name]) => name)).toEqual([
    "filter, component 1",
    "pattern, component 1",
    "mean difference",
  ]);
  expect(rows.every((row) => row.at(-1) === "–")).toBe(true);
});
