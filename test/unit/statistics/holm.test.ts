import { expect, it } from "vitest";
import { holm } from "../../../src/statistics/holm.ts";

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

it("corrects as R's p.adjust(method = 'holm') does", () => {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual(near([0.03, 0.06, 0.06, 0.02]));
  // p.adjust(c(0.5, 0.6), "holm")
  expect(holm([0.5, 0.6])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

it("counts tests that were looked for and failed", () => {
  // p.adjust(c(0.01, 0.02), "holm", n = 5)
  expect(holm([0.01, 0.02], 5)).toEqual(near([0.05, 0.08]));
});
