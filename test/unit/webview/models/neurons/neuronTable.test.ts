import { expect, it } from "vitest";
import {
  neuronOrder,
  nextSort,
  visibleRows,
} from "../../../../../webview/models/neurons/neuronTable.ts";
import { largestByMagnitude } from "../../../../../webview/models/neurons/ranking.ts";
import { exampleComponent, exampleRun } from "../../exampleRun.ts";

const component = exampleComponent();
const { neurons } = exampleRun();

it("sorts loadings by magnitude, equal ones by neuron", () => {
  const order = neuronOrder({ column: "loading", descending: true }, component, neurons);
  expect([...order]).toEqual([1, 2, 3, 0]);
  expect(largestByMagnitude(component.filter, 3)).toEqual([1, 2, 3]);
});

it("sorts means by value and keeps equal ones in the order of the neurons either way", () => {
  expect([...neuronOrder({ column: "targetMean", descending: true }, component, neurons)]).toEqual([
    0, 2, 1, 3,
  ]);
  expect([...neuronOrder({ column: "targetMean", descending: false }, component, neurons)]).toEqual(
    [1, 3, 2, 0],
  );
});

it("turns round on the same column and starts a new one with its largest values", () => {
  expect(nextSort({ column: "loading", descending: true }, "loading").descending).toBe(false);
  expect(nextSort({ column: "loading", descending: false }, "pattern")).toEqual({
    column: "pattern",
    descending: true,
  });
  expect(nextSort({ column: "loading", descending: true }, "neuron").descending).toBe(false);
});

it("shows the rows in view and a margin, within the list", () => {
  expect(visibleRows(0, 220, 22, 3072, 8)).toEqual({ start: 0, stop: 18 });
  expect(visibleRows(2200, 220, 22, 3072, 8)).toEqual({ start: 92, stop: 118 });
  expect(visibleRows(1e9, 220, 22, 100, 8)).toEqual({ start: 100, stop: 100 });
});
