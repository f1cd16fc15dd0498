import fc from "fast-check";
import { expect, it } from "vitest";
import { adoptRun, defaultUiState, readUiState } from "../../../../webview/models/uiState.ts";

it("reads back what it wrote", () => {
  const state = {
    ...defaultUiState,
    runId: "run 1",
    front: "swapped" as const,
    component: { forward: 3, swapped: 4 },
    sort: { column: "pattern" as const, descending: false },
    tables: ["scree"],
    diagnosticsOpen: true,
    validation: { ...defaultUiState.validation, permutations: 50, extended: false },
  };
  expect(readUiState(JSON.parse(JSON.stringify(state)))).toEqual(state);
});

it("makes something usable of anything", () => {
  fc.assert(
    fc.property(fc.anything(), (stored) => {
      const state = readUiState(stored);
      expect(Object.keys(state)).toEqual(Object.keys(defaultUiState));
    }),
  );
  expect(readUiState({ component: { forward: -1 }, scale: "cubic", tables: [1, "a"] })).toEqual({
    ...defaultUiState,
    tables: ["a"],
  });
});

it("returns to the first component for another run, and stays within what a run has", () => {
  const state = { ...defaultUiState, runId: "run 1", component: { forward: 40, swapped: 5 } };
  expect(adoptRun(state, "run 1", { forward: 10, swapped: 10 }).component).toEqual({
    forward: 9,
    swapped: 5,
  });
  const other = adoptRun({ ...state, scale: "linear" }, "run 2", { forward: 1, swapped: 0 });
  expect(other).toMatchObject({
    runId: "run 2",
    scale: "linear",
    component: { forward: 0, swapped: 0 },
    against: { forward: 0, swapped: 0 },
  });
});
