import { describe, expect, it } from "vitest";
import type { Condition } from "../../../../src/conditions/condition.ts";
import { openCondition } from "../../../../src/conditions/openCondition.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";
import { conditionCandidates } from "../../../../src/conditions/naming/proposeConditions.ts";
import { zipSync } from "fflate";
import { memoryFileSystem } from "../../../fuzz/memoryFileSystem.ts";
import { npyBytes } from "../../../support/fileBytes.ts";
import { npyFile, text } from "../../activations/files.ts";

const X = npyFile([4, 2], [0, 1, 2, 3, 4, 5, 6, 7]);

function files(beside: Readonly<Record<string, string | Uint8Array>>) {
  const entries = Object.entries({ "X.npy": X, ...beside });
  return memoryFileSystem(
    new Map(
      entries.map(([name, content]) => [
        `d/${name}`,
        typeof content === "string" ? text(content) : content,
      ]),
    ),
  );
}

function open(
  source: string,
  beside: Readonly<Record<string, string | Uint8Array>>,
): Promise<Condition> {
  return openCondition(parseSource(`d/${source}`), files(beside));
}

async function firstColumn(condition: Condition): Promise<number[]> {
  const values = new Float64Array(condition.rows * condition.columns);
  await condition.readRows(0, condition.rows, values);
  return [...values].filter((_, at) => at % condition.columns === 0);
}

describe("labels beside the data", () => {
  it.each([
    ["labels.csv", "label\nhim\nher\nhim\nher\n"],
    ["labels.csv", "him\nher\nhim\nher\n"],
    ["labels.txt", "him\nher\nhim\nher\n"],
    ["X.labels.tsv", "him\nher\nhim\nher"],
    ["X_labels.txt", "him\r\nher\r\nhim\r\nher\r\n"],
    ["metadata.tsv", "him\nher\nhim\nher\n"],
    ["metadata.tsv", "word\tlabel\na\thim\nb\ther\nc\thim\nd\ther\n"],
    ["X.metadata.csv", "word,condition\na,him\nb,her\nc,him\nd,her\n"],
    ["X.csv", "n,label\n1,him\n2,her\n3,him\n4,her\n"],
    ["labels.json", '["him", "her", "him", "her"]'],
  ])("are found in %s: %j", async (name, content) => {
    const condition = await open("X.npy[labels=him]", { [name]: content });
    expect(await firstColumn(condition)).toEqual([0, 4]);
    const candidates = await conditionCandidates("d/X.npy", files({ [name]: content }));
    expect(candidates.map((candidate) => candidate.name)).toEqual(["him", "her", "X"]);
  });

  it("are read by any column of a table", async () => {
    const metadata = "word\tpronoun\na\thim\nb\ther\na\ther\nd\ther\n";
    const condition = await open("X.npy[word=a]", { "metadata.tsv": metadata });
    expect(await firstColumn(condition)).toEqual([0, 4]);
    await expect(open("X.npy[metadata.tsv=her]", { "metadata.tsv": metadata })).rejects.toThrow(
      /metadata\.tsv has the columns word, pronoun: write \[COLUMN=VALUE\]/,
    );
  });

  it.each(["{", "[1, 2", '{"a": null}'])(
    "are found beside a bad file, which is noted: %s",
    async (bad) => {
      const condition = await open("X.npy[labels=him]", {
        "X.labels.json": bad,
        "labels.csv": "label\nhim\nher\nhim\nher\n",
      });
      expect(await firstColumn(condition)).toEqual([0, 4]);
      if (bad !== '{"a": null}') {
        expect(condition.notes?.join()).toMatch(
          /X\.labels\.json is not used for labels: .*not JSON/,
        );
      }
    },
  );

  it("that do not serve are listed with the reason of each", async () => {
    const opened = open("X.npy[labels=him]", {
      "X.labels.json": "{",
      "labels.csv": "label\nhim\nher\nhim\n",
      "labels.txt": "him\nher\n",
    });
    await expect(opened).rejects.toThrow(
      /no vector "labels" with one value for each of its 4 rows \(beside it: d\/X\.labels\.json is not used for labels: .*not JSON.*; d\/labels\.csv has 3 values, d\/X\.npy has 4 rows; d\/labels\.txt has 2 values/,
    );
  });

  it("of another column are not taken for it", async () => {
    await expect(
      open("X.npy[layer=him]", { "labels.txt": "him\nher\nhim\nher\n" }),
    ).rejects.toThrow(/no vector "layer"/);
  });
});

describe("labels in the container", () => {
  const floats = (shape: readonly number[], numbers: readonly number[]) =>
    npyBytes(shape, new Uint8Array(Float64Array.from(numbers).buffer), "<f8");
  const bytes = (shape: readonly number[], numbers: readonly number[], type: string) =>
    npyBytes(shape, Uint8Array.from(numbers), type);

  it.each([
    ["floats", floats([4], [1, 0, 1, 0]), ["1", "0"]],
    ["a column of floats", floats([4, 1], [1, 0, 1, 0]), ["1", "0"]],
    ["a row of floats", floats([1, 4], [1, 0, 1, 0]), ["1", "0"]],
    ["booleans", bytes([4], [1, 0, 1, 0], "|b1"), ["True", "False"]],
    ["a column of booleans", bytes([4, 1], [1, 0, 1, 0], "|b1"), ["True", "False"]],
    ["a column of integers", bytes([4, 1], [1, 0, 1, 0], "|i1"), ["1", "0"]],
    ["a row of integers", bytes([1, 4], [1, 0, 1, 0], "|u1"), ["1", "0"]],
    ["a column of text", bytes([4, 1], [49, 48, 49, 48], "|S1"), ["1", "0"]],
  ])("are read from %s, and no second tensor to choose", async (_, labels, names) => {
    const npz = zipSync({ "X.npy": X, "labels.npy": labels });
    for (const wanted of ["1", "True", "true", "1.0"]) {
      const condition = await open(`x.npz[labels=${wanted}]`, { "x.npz": npz });
      expect(await firstColumn(condition)).toEqual([0, 4]);
    }
    const candidates = await conditionCandidates("d/x.npz", files({ "x.npz": npz }));
    expect(candidates.map(({ name, rows }) => [name, rows])).toEqual([
      ...names.map((name) => [name, 2]),
      ["X", 4],
    ]);
  });

  it("are one label however they are written", async () => {
    const npz = zipSync({ "X.npy": X, "labels.npy": bytes([4], [1, 0, 1, 0], "|b1") });
    const [one, other] = await Promise.all(
      ["1", "True"].map((wanted) => open(`x.npz[labels=${wanted}]`, { "x.npz": npz })),
    );
    expect(one?.source.label).toEqual(other?.source.label);
  });
});

describe("a tensor's name that ends in brackets", () => {
  const npz = (names: readonly string[]) =>
    zipSync(
      Object.fromEntries([
        ...names.map((name, at) => [
          `${name}.npy`,
          npyFile(
            [4, 2],
            Array.from({ length: 8 }, (_, i) => 10 * at + i),
          ),
        ]),
        ["labels.npy", npyBytes([4], Uint8Array.from([49, 48, 49, 48]), "|S1")],
      ]),
    );

  it.each([
    [["h[2]"], "h[2]", [0, 2, 4, 6]],
    [["h[2]"], "h[2][rows=1:3]", [2, 4]],
    [["h[2]"], "h[2][labels=1]", [0, 4]],
    [["x", "x[labels=1]"], "x[labels=1]", [10, 12, 14, 16]],
    [["x"], "x[labels=1]", [0, 4]],
    [["x", "x[labels=1]"], "x[labels=1][rows=0:2]", [10, 12]],
    [["x", "x[labels=1][rows=0:2]"], "x[labels=1][rows=0:2]", [10, 12, 14, 16]],
    [["x"], "x[labels=1][rows=0:2]", [0, 4]],
    [["x", "x[rows=0:2]"], "x[rows=0:2][name=N]", [10, 12, 14, 16]],
  ])("of %j: %s", async (names, source, expected) => {
    const condition = await open(`x.npz#${source}`, { "x.npz": npz(names) });
    expect(await firstColumn(condition)).toEqual(expected);
    expect(condition.source).not.toHaveProperty("longerNames");
  });

  it("that is not there is told with what brackets may say", async () => {
    await expect(open("x.npz#h[foo]", { "x.npz": npz(["h"]) })).rejects.toThrow(
      /has no tensor "h\[foo\]": it holds h \[4, 2\].*; rows are selected by \[labels=him\]/,
    );
  });
});
