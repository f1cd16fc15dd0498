import fc from "fast-check";
import { expect, it } from "vitest";
import {
  adoptRun,
  apart,
  defaultUiState,
  readUiState,
} from "../../../../webview/models/uiState.ts";

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

it("never sets a component against itself", () => {
  const components = { forward: 4, swapped: 2 };
  const of = (component: [number, number], against: [number, number]) =>
    apart(
      { forward: component[0], swapped: component[1] },
      { forward: against[0], swapped: against[1] },
      components,
    );
  expect(of([1, 0], [1, 0])).toEqual({ forward: 2, swapped: 1 });
  expect(of([3, 1], [3, 1])).toEqual({ forward: 2, swapped: 0 });
  expect(of([0, 0], [2, 1])).toEqual({ forward: 2, swapped: 1 });
  // What an older version kept, and a solution with fewer components.
  const kept = { component: { forward: 1, swapped: 1 }, against: { forward: 1, swapped: 1 } };
  const adopted = adoptRun({ ...defaultUiState, ...kept, runId: "r" }, "r", components);
  expect(adopted.against).toEqual({ forward: 2, swapped: 0 });
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }), ([a, b, c, d, e, f]) => {
      const counts = { forward: (e ?? 0) + 2, swapped: (f ?? 0) + 2 };
      const state = {
        ...defaultUiState,
        component: { forward: a ?? 0, swapped: b ?? 0 },
        against: { forward: c ?? 0, swapped: d ?? 0 },
      };
      const { component, against } = adoptRun({ ...state, runId: "r" }, "r", counts);
      for (const direction of ["forward", "swapped"] as const) {
        expect(against[direction]).not.toBe(component[direction]);
        expect(against[direction]).toBeLessThan(counts[direction]);
        expect(against[direction]).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
