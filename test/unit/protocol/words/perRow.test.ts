import { expect, it } from "vitest";
import { perRow } from "../../../../src/protocol/words/perRow.ts";

const summary = {
  target: { name: "him", rows: 2, columns: 5 },
  reference: { name: "her", rows: 3, columns: 5 },
};

it("takes lists for the rows of a run only if there is an entry per row of both conditions", () => {
  const fitting = { target: [1, 2], reference: [1, null, 3] };
  expect(perRow(summary, fitting)).toBe(fitting);
  expect(perRow(summary, { target: [1, 2, 3], reference: [1, 2, 3] })).toBeUndefined();
  expect(perRow(summary, { target: [1, 2], reference: [1, 2] })).toBeUndefined();
  expect(perRow(summary, undefined)).toBeUndefined();
});
