import { expect, it } from "vitest";
import type { ConditionSource } from "../../../../src/conditions/condition.ts";
import { filterKey, sourceKey } from "../../../../src/conditions/selection/sourceKey.ts";

const source: ConditionSource = { path: "a.npz", tensor: "X" };
const selected: readonly ConditionSource[] = [
  { path: "b.npz", tensor: "X" },
  { path: "a.npz" },
  { ...source, label: { column: "labels", value: "him" } },
  { ...source, sentences: { column: "text", pattern: "him" } },
  { ...source, rows: { start: 0, stop: 5 } },
  { ...source, elementType: "bfloat16" },
  { ...source, columns: { kind: "all" } },
  { ...source, token: { kind: "last" } },
];

it("tells apart whatever chooses other rows or values", () => {
  const keys = [source, ...selected].map(sourceKey);
  expect(new Set(keys).size).toBe(keys.length);
});

it("is the same for other words for the same source", () => {
  const named = { ...source, name: "him", longerNames: [{ tensor: "X[a]", swallowed: [] }] };
  expect(sourceKey(named)).toBe(sourceKey(source));
  expect(sourceKey({ path: "a.npy", tensor: "" })).toBe(sourceKey({ path: "a.npy" }));
});

it("has of a filter only what chooses rows before they are counted", () => {
  expect(selected.map((each) => filterKey(each) === filterKey(source))).toEqual([
    ...[true, true, false, false, true, true, true, true],
  ]);
});
