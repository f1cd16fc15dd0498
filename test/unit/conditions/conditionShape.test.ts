import { describe, expect, it } from "vitest";
import { conditionShape } from "../../../src/conditions/conditionShape.ts";
import { openCondition } from "../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../src/conditions/parseSource.ts";
import { conditionCandidates } from "../../../src/conditions/naming/proposeConditions.ts";
import { memoryFileSystem } from "../../fuzz/memoryFileSystem.ts";
import { npyFile, npzFile } from "../activations/files.ts";

describe("the axes of a tensor", () => {
  it.each([
    [
      [12, 5],
      [12, 5],
    ],
    [
      [1, 5],
      [1, 5],
    ],
    [
      [12, 1],
      [12, 1],
    ],
    [
      [12, 1, 5],
      [12, 5],
    ],
    [
      [1, 12, 5],
      [12, 5],
    ],
    [
      [12, 5, 1],
      [12, 5],
    ],
    [
      [1, 5, 1],
      [1, 5],
    ],
    [
      [1, 1, 5],
      [1, 5],
    ],
    [
      [12, 1, 1, 5],
      [12, 5],
    ],
    [
      [1, 12, 1, 5],
      [12, 5],
    ],
    [
      [1, 1, 12, 5],
      [12, 5],
    ],
    [
      [12, 7, 5],
      [12, 7, 5],
    ],
    [
      [1, 12, 7, 5],
      [12, 7, 5],
    ],
    [
      [12, 1, 7, 5],
      [12, 7, 5],
    ],
    [
      [12, 7, 1, 5],
      [12, 7, 5],
    ],
    [
      [0, 1, 5],
      [0, 5],
    ],
    [[2, 3, 4, 5], undefined],
    [[5], undefined],
    [[], undefined],
  ])("%j make %j", (shape, expected) => expect(conditionShape(shape)).toEqual(expected));

  it.each([
    [
      [12, 1, 5],
      [12, 1, 5],
    ],
    [
      [12, 1, 1, 5],
      [12, 1, 5],
    ],
    [
      [1, 12, 1, 5],
      [12, 1, 5],
    ],
    [
      [1, 12, 7, 5],
      [12, 7, 5],
    ],
    [
      [12, 7, 5, 1],
      [12, 7, 5],
    ],
    [
      [12, 5],
      [12, 5],
    ],
  ])("%j make %j where a token is chosen", (shape, expected) =>
    expect(conditionShape(shape, true)).toEqual(expected),
  );
});

const values = Array.from({ length: 12 }, (_, i) => i);
const labels = ["him", "her", "her", "him", "her", "him"];

describe("a condition whose tensor has axes of one", () => {
  it.each([
    [6, 1, 2],
    [1, 6, 2],
    [6, 2, 1],
    [6, 1, 1, 2],
    [1, 1, 6, 2],
  ])("[%j, %j, %j, ...] is read as six rows, and selected by label", async (...shape) => {
    const files = memoryFileSystem(
      new Map([["x.npz", npzFile({ X: [shape, values] }, { labels })]]),
    );
    const condition = await openCondition(parseSource("x.npz#X[labels=him,rows=1:]"), files);
    expect([condition.rows, condition.columns]).toEqual([2, 2]);
    const found = new Float64Array(4);
    await condition.readRows(0, 2, found);
    expect([...found]).toEqual([6, 7, 10, 11]);
    await condition.close();
    const candidates = await conditionCandidates("x.npz", files);
    expect(candidates.map(({ name, rows, tokens }) => [name, rows, tokens])).toEqual([
      ["him", 3, undefined],
      ["her", 3, undefined],
      ["X", 6, undefined],
    ]);
  });

  it("has one row where nothing else can be meant", async () => {
    const files = memoryFileSystem(
      new Map([
        ["one.npy", npyFile([1, 1, 12], values)],
        ["prompt.npy", npyFile([1, 6, 2], values)],
      ]),
    );
    await expect(openCondition(parseSource("one.npy"), files)).rejects.toThrow(/one row only/);
    await expect(openCondition(parseSource("prompt.npy[token=last]"), files)).rejects.toThrow(
      /one row only \(shape \[1, 6, 2\]\)/,
    );
  });
});
