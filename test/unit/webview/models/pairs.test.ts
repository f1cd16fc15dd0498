import { describe, expect, it } from "vitest";
import { readPairsState } from "../../../../extension/webviews/readPairsState.ts";
import type { ComparedPair } from "../../../../src/protocol/pairs.ts";
import type { SweptDirection } from "../../../../src/protocol/sweep.ts";
import type { PairsView } from "../../../../src/protocol/views/pairsView.ts";
import {
  pairCell,
  pairCount,
  pairOfCell,
  pairsFinding,
  pairsTable,
  paleColumns,
} from "../../../../webview/models/pairs.ts";
import { nextCorner } from "../../../../webview/pairs/matrix.ts";

const labels = ["sea", "war", "tax"];
const source = (value: string) => ({
  path: "/w/topics.csv",
  label: { column: "topic", value },
  name: value,
});
const direction = (heldOutRatio: number | null, more: Partial<SweptDirection> = {}) => ({
  ...{ eigenvalue: 100, inSampleRatio: 20_000, heldOutRatio },
  ...more,
});
function pair(
  target: string,
  reference: string,
  forward: SweptDirection,
  swapped: SweptDirection = direction(0.5),
): ComparedPair {
  return {
    ...{ target: source(target), reference: source(reference) },
    found: {
      ...{ rows: { target: 26, reference: 25 }, columns: 12, components: 10, varianceKept: 0.99 },
      ...{ rank: { target: 10, reference: 10 }, seconds: 1, forward, swapped },
    },
  };
}
const view = (...pairs: readonly ComparedPair[]): PairsView => ({
  ...{ from: "topics.csv", column: "topic", labels, pairs },
  source: { path: "/w/topics.csv" },
});
const strong = direction(9.5, { p: 0.001, correctedP: 0.006, verdict: "holds" });
const counted = direction(3, { p: 0.02, correctedP: 0.1, verdict: "holds" });
const noise = direction(1.1, { p: 0.4, correctedP: 1, verdict: "not-shown" });
const all = view(
  pair("sea", "war", strong, noise),
  pair("sea", "tax", counted, noise),
  pair("war", "tax", noise, noise),
);

describe("a cell of the matrix", () => {
  it("belongs to the pair that is listed at its place, whichever way round", () => {
    for (const count of [2, 3, 7]) {
      const expected: [number, number][] = [];
      for (let i = 0; i < count; i += 1) {
        for (let j = i + 1; j < count; j += 1) expected.push([i, j]);
      }
      expected.forEach(([i, j], place) => {
        expect(pairOfCell(i, j, count)).toEqual({ place, direction: "forward" });
        expect(pairOfCell(j, i, count)).toEqual({ place, direction: "swapped" });
      });
      expect(pairOfCell(1, 1, count)).toBeUndefined();
    }
  });

  it("says ratio, verdict and p that count all pairs, and who is carried", () => {
    expect(pairCell(all, 0, 1)).toMatchObject({
      ...{ ratio: "9.50×", verdict: "holds", p: "p = 0.006", isPale: false, holds: true },
      name: "sea over war: 9.50×; holds; p = 0.006; Enter opens the run",
    });
    expect(pairCell(all, 1, 0)).toMatchObject({ ratio: "1.10×", verdict: "not shown" });
    expect(pairCell(all, 1, 0).name).toMatch(/^war over sea: /);
  });

  it("does not hold by the p of its own pair alone", () => {
    expect(pairCell(all, 0, 2)).toMatchObject({ verdict: "not shown", holds: false });
  });

  it("is pale and without a verdict as long as p is not corrected", () => {
    const early = view(pair("sea", "war", direction(9.5, { p: 0.001, verdict: "holds" })));
    const cell = pairCell(early, 0, 1);
    expect(cell).toMatchObject({ verdict: "", isPale: true, holds: false, opens: true });
    expect([cell.p, cell.note]).toEqual(["p = 0.001", "not corrected"]);
    expect(pairCell(early, 1, 2)).toMatchObject({ ratio: "", opens: false });
    expect(pairCell(early, 1, 2).name).toBe("war over tax: not compared yet");
  });

  it("says why there is nothing, and opens nothing then", () => {
    const failed = { target: source("sea"), reference: source("war"), error: "one row only" };
    const cell = pairCell(view(failed), 1, 0);
    expect(cell).toMatchObject({ ratio: "failed", opens: false, isPale: true });
    expect(cell.name).toBe("war over sea: failed. one row only");
    expect(pairCell(all, 2, 2)).toMatchObject({ ratio: "", opens: false });
  });
});

describe("what all pairs show", () => {
  it("is told of those that hold once all are counted", () => {
    expect(pairsFinding(all, true)).toBe(
      "Directions that hold, counting all 6: 1. The strongest is sea over war: on held-out rows component 1 varies 9.50× as much for sea (p = 0.006).",
    );
    const none = view(
      pair("sea", "war", counted, noise),
      pair("sea", "tax", noise, noise),
      pair("war", "tax", noise, noise),
    );
    expect(pairsFinding(none, true)).toMatch(
      /^No direction is shown, counting all 6\. The strongest is sea over war: .*\(p = 0\.1\)\.$/,
    );
  });

  it("names one that holds, even if another has the smaller p and does not", () => {
    const wide = direction(20, { p: 0.0005, correctedP: 0.003, verdict: "not-shown" });
    const mixed = view(
      pair("sea", "war", wide, noise),
      pair("sea", "tax", strong, noise),
      pair("war", "tax", noise, noise),
    );
    expect(pairsFinding(mixed, true)).toMatch(/all 6: 1\. The strongest is sea over tax: /);
  });

  it("is not told before the last pair, nor after a cancellation", () => {
    const early = view(pair("sea", "war", direction(9.5, { p: 0.001, verdict: "holds" })));
    expect(pairsFinding(view(), false)).toBe("No pair was held out yet.");
    expect(pairsFinding(early, false)).toMatch(/^So far \(1 of 3 pairs\) .* sea over war/);
    expect(pairsFinding(early, true)).toMatch(/^Not all pairs were compared \(1 of 3\)/);
  });

  it("counts the pairs that gave nothing", () => {
    const failed = { target: source("war"), reference: source("tax"), error: "one row only" };
    const some = view(pair("sea", "war", strong, noise), pair("sea", "tax", noise, noise), failed);
    expect(pairsFinding(some, true)).toMatch(/Pairs that gave nothing: 1 of 3; the table says/);
    const { rows, places } = pairsTable(some);
    expect(rows.at(-1)).toEqual(["war over tax", "one row only"]);
    expect(places).toEqual([0, 0, 1, 1, undefined]);
  });
});

describe("the table behind the matrix", () => {
  it("has both directions of each pair, and pale what no conclusion rests on", () => {
    const { columns, rows } = pairsTable(all);
    expect(rows).toHaveLength(2 * pairCount(all));
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    expect(paleColumns.map((place) => columns[place])).toEqual(["p, this pair alone", "In sample"]);
    expect(rows.map(([name]) => name).slice(0, 2)).toEqual(["sea over war", "war over sea"]);
    expect(rows[1]?.[1]).toBe("25 / 26");
  });
});

describe("walking the matrix", () => {
  const from = { row: 1, column: 1 };
  it.each([
    ["ArrowLeft", false, { row: 1, column: 0 }],
    ["ArrowDown", false, { row: 2, column: 1 }],
    ["Home", false, { row: 1, column: 0 }],
    ["End", true, { row: 2, column: 2 }],
  ])("goes by %s", (key, ctrlKey, to) => {
    expect(nextCorner({ key, ctrlKey }, from, 3)).toEqual(to);
  });

  it("stays within it, and leaves other keys alone", () => {
    expect(nextCorner({ key: "ArrowUp", ctrlKey: false }, { row: 0, column: 0 }, 3)).toEqual({
      row: 0,
      column: 0,
    });
    expect(nextCorner({ key: "Tab", ctrlKey: false }, from, 3)).toBeUndefined();
  });
});

describe("what a page of pairs kept", () => {
  it("comes back if it can be shown and run", () => {
    expect(readPairsState({ view: all })).toEqual(all);
  });

  it.each([
    [undefined],
    [{ view: { ...all, labels: [1, 2] } }],
    [{ view: { ...all, source: { path: 5 } } }],
    [{ view: { ...all, pairs: [{ target: source("sea") }] } }],
  ])("is dropped otherwise: %j", (state) => {
    expect(readPairsState(state)).toBeUndefined();
  });
});
