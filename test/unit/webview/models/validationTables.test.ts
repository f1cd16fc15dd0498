import { expect, it } from "vitest";
import {
  componentTable,
  heatOf,
  methodSentences,
  nearestPlace,
  summaryTable,
  whatSeparates,
} from "../../../../webview/models/validationTables.ts";
import { exampleReport, exampleRun } from "../exampleRun.ts";

it("puts in sample, held out, the interval, the null and p side by side", () => {
  const { columns, rows } = summaryTable(exampleRun(), exampleReport());
  expect(columns).toHaveLength(8);
  expect(rows[0]).toEqual([
    "S = him, R = her",
    "21,286×",
    "13.2×",
    "6.10× to 22.3×",
    "1.05×",
    "0.001",
    "0.600",
    "0.900",
  ]);
  expect(rows[1]?.[0]).toBe("S = her, R = him");
});

it("leaves a dash where nothing could be held out", () => {
  const { rows } = summaryTable(exampleRun(), exampleReport({ heldOut: null }));
  expect(rows[0]?.slice(1, 3)).toEqual(["21,286×", "–"]);
});

it("lists the components with corrected p", () => {
  const { columns, rows } = componentTable(exampleReport());
  expect(rows.map((row) => row[4])).toEqual(["0.001", "0.3"]);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
});

it("says whether the variance or the mean separates", () => {
  expect(whatSeparates(exampleReport({ auc: 0.6, magnitudeAuc: 0.9 }))).toContain("the variance");
  expect(whatSeparates(exampleReport({ auc: 0.98, magnitudeAuc: 0.7 }))).toContain("the mean");
  expect(whatSeparates(exampleReport({ auc: 0.5, magnitudeAuc: 0.55 }))).toContain("neither");
  expect(whatSeparates(exampleReport({ heldOut: null }))).toBeUndefined();
});

it("says how rows were split and labels exchanged", () => {
  expect(methodSentences(exampleReport())).toEqual([
    "10 × 5-fold cross-validation, seed 1, pairs kept together; everything is fitted on the training rows only.",
    "1,000 of 1,000 exchanges of labels within pairs.",
  ]);
});

it("shades the grid by the logarithm of the ratio", () => {
  const ratios = [1, 10, 100, NaN];
  expect(ratios.map((ratio) => heatOf(ratio, ratios))).toEqual([0, 0.5, 1, 0]);
  expect(heatOf(2, [2, 2])).toBe(0);
  expect(nearestPlace([0.9, 0.95, 0.99], 0.985)).toBe(2);
});
