import { expect, it } from "vitest";
import {
  componentTable,
  heatOf,
  nearestPlace,
  whatSeparates,
} from "../../../../../webview/models/validation/validationTables.ts";
import { exampleReport } from "../../exampleRun.ts";

it("lists the components with corrected p", () => {
  const { columns, rows } = componentTable(exampleReport().directions.forward);
  expect(rows.map((row) => row[3])).toEqual(["0.3", "0.3"]);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
});

it("says whether the variance or the mean separates", () => {
  expect(
    whatSeparates(exampleReport({ auc: 0.6, magnitudeAuc: 0.9 }).directions.forward),
  ).toContain("the variance");
  expect(
    whatSeparates(exampleReport({ auc: 0.98, magnitudeAuc: 0.7 }).directions.forward),
  ).toContain("the mean");
  expect(
    whatSeparates(exampleReport({ auc: 0.5, magnitudeAuc: 0.55 }).directions.forward),
  ).toContain("neither");
  expect(whatSeparates(exampleReport({ heldOut: null }).directions.forward)).toBeUndefined();
});

it("shades the grid by the logarithm of the ratio", () => {
  const ratios = [1, 10, 100, NaN];
  expect(ratios.map((ratio) => heatOf(ratio, ratios))).toEqual([0, 0.5, 1, 0]);
  expect(heatOf(2, [2, 2])).toBe(0);
  expect(nearestPlace([0.9, 0.95, 0.99], 0.985)).toBe(2);
});
