import { describe, expect, it } from "vitest";
import type { FileSystem } from "../../../src/activations/byteSource.ts";
import { checkComparable, checkDistinct } from "../../../src/conditions/checkComparable.ts";
import type { Condition } from "../../../src/conditions/condition.ts";
import { openCondition } from "../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../src/conditions/parseSource.ts";
import { proposeConditions } from "../../../src/conditions/naming/proposeConditions.ts";
import { memoryFileSystem } from "../../fuzz/memoryFileSystem.ts";
import { npyFile, npzFile, text } from "../activations/files.ts";

/** Row r of tensor `first` holds first + r, first + r + 0.5. */
function rows(count: number, first: number): number[] {
  return Array.from({ length: count }, (_, row) => [first + row, first + row + 0.5]).flat();
}

async function valuesOf(condition: Condition): Promise<number[]> {
  const values = new Float64Array(condition.rows * condition.columns);
  await condition.readRows(0, condition.rows, values);
  await condition.close();
  return [...values];
}

function open(source: string, files: FileSystem): Promise<Condition> {
  return openCondition(parseSource(source), files);
}

const labels = ["him", "her", "her", "him", "her", "him"];
const files = memoryFileSystem(
  new Map([
    ["him.npy", npyFile([3, 2], rows(3, 10))],
    ["her.npy", npyFile([3, 2], rows(3, 20))],
    ["same.npy", npyFile([3, 2], rows(3, 10))],
    ["wide.npy", npyFile([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ["turned_him.npy", npyFile([4, 2], [0, 1, 2, 3, 4, 5, 6, 7])],
    ["turned_her.npy", npyFile([4, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])],
    ["nan.npy", npyFile([3, 2], [0, 1, Number.NaN, 3, Number.NEGATIVE_INFINITY, 5])],
    ["one.npy", npyFile([1, 2], [1, 2])],
    ["none.npy", npyFile([0, 2], [])],
    ["flat.npy", npyFile([4], [1, 2, 3, 4])],
    [
      "deep.npy",
      npyFile(
        [2, 2, 2, 1, 2],
        Array.from({ length: 16 }, (_, i) => i),
      ),
    ],
    ["tokens_him.npy", npyFile([2, 3, 2], [1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 9, 10])],
    ["ids.json", text("[0, 2]")],
    ["far.json", text("[0, 3]")],
    ["few.json", text("[0]")],
    [
      "sentences.json",
      text(JSON.stringify({ pairs: [0, 1, 2].map((i) => ({ him: `him ${i}`, her: `her ${i}` })) })),
    ],
    [
      "all.npz",
      npzFile(
        { X: [[6, 2], rows(6, 0)], two: [[6, 2], rows(6, 100)] },
        { labels, pair: [2, 2, 0, 0, 1, 1] },
      ),
    ],
    ["labelled.npz", npzFile({ X: [[6, 2], rows(6, 0)] }, { labels, pair: [2, 2, 0, 0, 1, 1] })],
    ["plain.npz", npzFile({ X: [[6, 2], rows(6, 0)] }, {})],
    ["plain.labels.json", text(JSON.stringify(labels))],
    [
      "plain.sentences.json",
      text(JSON.stringify(labels.map((label, row) => `I saw ${label} ${row}`))),
    ],
    ["broken/him.npy", npyFile([3, 2], rows(3, 10))],
    ["broken/sentences.json", text("{")],
  ]),
);

describe("openCondition", () => {
  it("reads a file, with its sentences and pairs", async () => {
    const condition = await open("her.npy", files);
    expect(condition).toMatchObject({ name: "her", rows: 3, columns: 2 });
    expect(condition.sentences).toEqual(["her 0", "her 1", "her 2"]);
    expect(condition.groups).toEqual(["0", "1", "2"]);
    expect(await valuesOf(condition)).toEqual(rows(3, 20));
  });

  it("selects rows by label, and pairs them by their identifiers", async () => {
    const condition = await open("labelled.npz[labels=him]", files);
    expect(condition.groups).toEqual(["2", "0", "1"]);
    expect(condition.sentences).toEqual(["him 2", "him 0", "him 1"]);
    expect(await valuesOf(condition)).toEqual([0, 0.5, 3, 3.5, 5, 5.5]);
  });

  it("takes labels and sentences from files beside the data", async () => {
    const byLabel = await open("plain.npz[labels=her]", files);
    expect(byLabel.sentences).toEqual(["I saw her 1", "I saw her 2", "I saw her 4"]);
    expect(await valuesOf(byLabel)).toEqual([1, 1.5, 2, 2.5, 4, 4.5]);
    const bySentence = await open(String.raw`plain.npz[sentences~/\bhim\b/,rows=1:3]`, files);
    expect(bySentence.name).toBe("him");
    expect(await valuesOf(bySentence)).toEqual([3, 3.5, 5, 5.5]);
    const named = await open("plain.npz[plain.labels.json=him]", files);
    expect(named.rows).toBe(3);
  });

  it("reads any part of a selection", async () => {
    const condition = await open("labelled.npz[labels=her]", files);
    const values = new Float32Array(4);
    await condition.readRows(1, 3, values);
    expect([...values]).toEqual([2, 2.5, 4, 4.5]);
  });

  it("reads each row's cluster, gaps and all", async () => {
    const records = [0, 1, 2].map((i) => ({
      him: `him ${i}`,
      her: `her ${i}`,
      ...(i === 0 ? {} : { cluster: i === 1 ? null : 7 }),
    }));
    const beside = (content: unknown) =>
      memoryFileSystem(
        new Map([
          ["him.npy", npyFile([3, 2], rows(3, 10))],
          ["sentences.json", text(JSON.stringify(content))],
        ]),
      );
    const gaps = await open("him.npy[rows=1:3]", beside({ pairs: records }));
    expect(gaps.clusters).toEqual(["row 1 of him.npy", "7"]);
    expect(gaps.groups).toEqual(["1", "2"]);
    expect(gaps.notes?.join("\n")).toMatch(/cluster names nothing .* for 2 of 3 rows/);
    const none = await open("him.npy", beside({ clusters: [null, null, "nan"] }));
    expect(none.clusters).toBeUndefined();
    expect(none.notes?.join("\n")).toMatch(/clusters names none of the 3 rows/);
    const ofSubjects = memoryFileSystem(
      new Map([
        ["him.npz", npzFile({ X: [[3, 2], rows(3, 0)] }, { groups: [0, 0, 1] })],
        ["sentences.json", text(JSON.stringify({ pairs: records.map(({ him }) => ({ him })) }))],
      ]),
    );
    // Identifiers that repeat within a condition number no pairs.
    const subjects = await open("him.npz", ofSubjects);
    expect(subjects.sentences).toEqual(["him 0", "him 1", "him 2"]);
    expect(subjects.groups).toEqual(["0", "1", "2"]);
    expect(subjects.clusters).toEqual(["0", "0", "1"]);
  });

  it("notes a sentences file that it cannot use", async () => {
    const condition = await open("broken/him.npy", files);
    expect(condition.sentences).toBeUndefined();
    expect(condition.notes?.join()).toMatch(/sentences\.json is not used .*not JSON/);
  });

  it("reduces tokens; padding counts neither as last nor in the mean", async () => {
    expect(await valuesOf(await open("tokens_him.npy[token=last]", files))).toEqual([3, 4, 9, 10]);
    expect(await valuesOf(await open("tokens_him.npy[token=mean]", files))).toEqual([2, 3, 7, 8]);
    expect(await valuesOf(await open("tokens_him.npy[token=1]", files))).toEqual([3, 4, 7, 8]);
    expect(await valuesOf(await open("tokens_him.npy[token=-1]", files))).toEqual([0, 0, 9, 10]);
    expect(await valuesOf(await open("tokens_him.npy[token=file:ids.json]", files))).toEqual([
      1, 2, 9, 10,
    ]);
  });

  const refusals: readonly (readonly [string, RegExp])[] = [
    ["one.npy", /one row only .* no covariance/],
    ["none.npy", /no rows/],
    ["flat.npy", /1-D array of shape \[4\]/],
    ["deep.npy", /5 axes \[2, 2, 2, 1, 2\], more than three of them longer than one/],
    ["all.npz", /2 tensors and none is named: .* X \[6, 2\], two \[6, 2\]/],
    ["all.npz#three", /no tensor "three": it holds X/],
    ["all.npz#labels", /holds text/],
    ["all.npz#X[labels=it]", /no row has "it" in labels: choose one of him \(3\), her \(3\)/],
    ["all.npz#X[colour=red]", /no vector "colour"/],
    ["plain.npz[sentences~/nobody/]", /no sentence matches/],
    ["him.npy[rows=2:9]", /rows 2:9 .* 3 are there/],
    ["him.npy[rows=0:1]", /one row only/],
    ["tokens_him.npy", /choose a token/],
    ["him.npy[token=last]", /without tokens/],
    ["tokens_him.npy[token=3]", /position 3 lies outside its 3 tokens/],
    ["tokens_him.npy[token=file:far.json]", /position 3 for row 1 lies outside/],
    ["tokens_him.npy[token=file:few.json]", /holds 1 token positions, tokens_him.npy has 2 rows/],
    ["missing.npy", /no such file/],
  ];
  for (const [source, message] of refusals) {
    it(`${source} is refused`, async () => {
      await expect(open(source, files)).rejects.toThrow(message);
    });
  }

  it("says where values are not finite, whichever rows are read", async () => {
    const condition = await open("nan.npy", files);
    const clean = new Float64Array(2);
    await condition.readRows(0, 1, clean);
    expect([...clean]).toEqual([0, 1]);
    await expect(condition.readRows(2, 3, new Float64Array(2))).rejects.toThrow(
      /2 of 6 values are not finite \(1 NaN, 1 infinite; first NaN at row 1, column 0; -Infinity at row 2, column 0/,
    );
  });
});

describe("a matrix of neurons by rows", () => {
  it("is turned if its axes are named so, whichever rows are read", async () => {
    const condition = await open("turned_her.npy[axes=neuron:row]", files);
    expect([condition.rows, condition.columns]).toEqual([3, 4]);
    const last = new Float64Array(8);
    await condition.readRows(1, 3, last);
    expect([...last]).toEqual([1, 4, 7, 10, 2, 5, 8, 11]);
    await condition.close();
  });

  it("is suspected if only the columns of two conditions differ, and there are more rows", async () => {
    const [him, her] = await Promise.all(
      ["turned_him.npy", "turned_her.npy"].map((source) => open(source, files)),
    );
    if (him === undefined || her === undefined) throw new Error("A condition is missing.");
    const detail = {
      path: "turned_her.npy",
      found: "3",
      wanted: "2",
      remedy: { kind: "transpose" },
    };
    expect(() => checkComparable(him, her)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(
          "if its 4 rows are the neurons, write [axes=neuron:row]",
        ) as string,
        detail: expect.objectContaining(detail) as object,
      }),
    );
  });
});

describe("what an error is about", () => {
  it("tells which token is to be chosen, and of how many", async () => {
    await expect(open("tokens_him.npy", files)).rejects.toMatchObject({
      detail: {
        path: "tokens_him.npy",
        found: "[2, 3, 2]",
        remedy: { kind: "chooseToken", tokens: 3 },
      },
    });
  });
});

describe("comparing two conditions", () => {
  it("refuses different widths, the same rows, and equal contents", async () => {
    const [him, her, same, wide] = await Promise.all(
      ["him.npy", "her.npy", "same.npy", "wide.npy"].map((source) => open(source, files)),
    );
    if (him === undefined || her === undefined || same === undefined || wide === undefined) {
      throw new Error("A condition is missing.");
    }
    expect(() => checkComparable(him, wide)).toThrow(
      /him.npy has 2 columns, wide.npy has 3: both .* of the same model\.$/,
    );
    expect(() => checkComparable(him, him)).toThrow(/same rows of him.npy/);
    expect(() => checkComparable(him, her)).not.toThrow();
    await expect(checkDistinct(him, same)).rejects.toThrow(/identical activations \(all 3 x 2/);
    await expect(checkDistinct(him, her)).resolves.toBeUndefined();
  });
});

describe("proposeConditions", () => {
  it("puts him before her, whichever comes first", async () => {
    for (const paths of [
      ["him.npy", "her.npy"],
      ["her.npy", "him.npy"],
    ]) {
      const proposal = await proposeConditions(paths, files);
      expect(proposal.target?.source).toEqual({ path: "him.npy" });
      expect(proposal.reference?.source).toEqual({ path: "her.npy" });
      expect(proposal.mustChoose).toBe(false);
    }
  });

  it("finds both conditions in one labelled tensor", async () => {
    const { target, reference, mustChoose } = await proposeConditions(["labelled.npz"], files);
    expect(target?.source).toEqual({
      path: "labelled.npz",
      tensor: "X",
      label: { column: "labels", value: "him" },
    });
    expect(reference?.name).toBe("her");
    expect(mustChoose).toBe(false);
  });

  it("asks where several pairs are as likely, or a token is open", async () => {
    expect((await proposeConditions(["all.npz"], files)).mustChoose).toBe(true);
    const tokens = await proposeConditions(["tokens_him.npy", "tokens_him.npy"], files);
    expect(tokens.target?.tokens).toBe(3);
    expect(tokens.mustChoose).toBe(true);
  });

  it("refuses a file without a matrix", async () => {
    await expect(proposeConditions(["flat.npy"], files)).rejects.toThrow(/no \[rows, columns\]/);
  });
});
