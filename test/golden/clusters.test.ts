import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WrittenReport } from "../../src/runs/written/report.ts";
import type { TransferResult } from "../../src/protocol/transfer.ts";
import type { WrittenSummary } from "../../src/runs/written/summary.ts";
import { matrix, type Matrix } from "../../src/linalg/matrix.ts";
import { eigenlens } from "../support/commandLine.ts";
import { npyFile, npzFile } from "../unit/activations/files.ts";
import { normalRows } from "../unit/ged/validation/support.ts";

const rows = 24;
const columns = 20;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Independent rows that vary more along the first neuron than the others do. */
function plain(seed: number, first = 1, count = rows): Matrix {
  return normalRows(count, columns, seed, (column) => (column === 0 ? first : 0.8 ** (column / 4)));
}

type Vectors = Readonly<Record<string, readonly string[] | readonly number[]>>;

/** NumPy keeps numbers with gaps as floats. */
const hasGaps = (values: readonly unknown[]) => values.some((value) => Number.isNaN(value));
const floats = (vectors: Vectors) =>
  Object.fromEntries(
    Object.entries(vectors)
      .filter(([, values]) => hasGaps(values))
      .map(([name, values]) => [name, [[values.length], values.map(Number)] as const]),
  );
const wholes = (vectors: Vectors): Vectors =>
  Object.fromEntries(Object.entries(vectors).filter(([, values]) => !hasGaps(values)));

/** Files of two conditions in a folder of their own, and what lies beside them. */
async function write(
  name: string,
  conditions: { readonly him?: Vectors; readonly her?: Vectors },
  beside: Readonly<Record<string, unknown>> = {},
  data: { readonly him: Matrix; readonly her: Matrix } = { him: plain(1, 6), her: plain(2) },
): Promise<{ him: string; her: string }> {
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  const paths = { him: "", her: "" };
  for (const condition of ["him", "her"] as const) {
    const { values, rows: count, columns: width } = data[condition];
    const vectors = conditions[condition];
    paths[condition] = join(own, `${condition}.${vectors === undefined ? "npy" : "npz"}`);
    const bytes =
      vectors === undefined
        ? npyFile([count, width], [...values])
        : npzFile({ X: [[count, width], [...values]], ...floats(vectors) }, wholes(vectors));
    await writeFile(paths[condition], bytes);
  }
  for (const [file, content] of Object.entries(beside)) {
    await writeFile(
      join(own, file),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return paths;
}

const few = ["--validate", "--no-extended", "--permutations", "60", "--repeats", "1", "--json"];

async function run(
  { him, her }: { him: string; her: string },
  ...words: readonly string[]
): Promise<{ summary: WrittenSummary; validation: WrittenReport }> {
  const { code, output, errors } = await eigenlens("run", him, her, ...few, ...words);
  expect([code, errors]).toEqual([0, ""]);
  const summary = JSON.parse(output) as WrittenSummary;
  if (summary.validation === null) throw new Error("There is no validation.");
  return { summary, validation: summary.validation };
}

const list = (make: (row: number) => string, count = rows) =>
  Array.from({ length: count }, (_, row) => make(row));
const byThree = (prefix: string) => list((row) => `${prefix}${Math.floor(row / 3)}`);
/** All that was said, one line each. */
const lines = ({ summary, validation }: { summary: WrittenSummary; validation: WrittenReport }) => [
  ...(summary.warnings ?? []),
  ...validation.omitted,
  ...validation.warnings.map(({ text }) => text),
];
/** What must be there whatever the names say. */
function expectWhole({ validation }: { validation: WrittenReport }): void {
  expect(validation.heldOut?.ratio).toBeGreaterThan(0);
  expect(validation.swapped.heldOut?.ratio).toBeGreaterThan(0);
  expect(validation.permutation?.heldOut?.permuted).toHaveLength(60);
  expect(validation.permutations?.repeats).toBe(1);
  expect(validation.scheme).toMatchObject({ repeats: 1 });
}

describe("clusters from files", () => {
  it.each(["clusters", "cluster_id", "template", "subject", "speaker", "item"])(
    "are read from a column called %s",
    async (column) => {
      const files = await write(`column-${column}`, {
        him: { [column]: byThree("t") },
        her: { [column]: byThree("r") },
      });
      const found = await run(files);
      expectWhole(found);
      expect(found.validation.clusters).toMatchObject({ count: 16, origins: ["named"] });
      expect(found.validation.permutations).toMatchObject({
        exchange: "clusters",
        labellings: 256,
      });
    },
  );

  it("are groups that never occur in the other condition", async () => {
    const files = await write("groups", {
      him: { groups: byThree("t") },
      her: { groups: byThree("r") },
    });
    const found = await run(files);
    expectWhole(found);
    expect(found.validation.clusters).toMatchObject({ count: 16, origins: ["named"] });
    expect(found.validation.scheme).toMatchObject({ grouping: "none" });
    expect(found.validation.omitted.join()).not.toMatch(/cannot be permuted/);
  });

  it("stand beside pairs", async () => {
    const vectors = { pair: list(String), clusters: byThree("c") };
    const found = await run(await write("both", { him: vectors, her: vectors }));
    expectWhole(found);
    expect(found.validation.clusters).toMatchObject({ count: 8, origins: ["named"] });
    expect(found.validation.scheme).toMatchObject({ grouping: "pairs" });
    expect(found.validation.permutations).toMatchObject({
      exchange: "withinPairs",
      labellings: 256,
    });
    expect(lines(found).join()).not.toMatch(/disagree|not used/);
  });

  const pairs = list((row) => `word${row} ${"abcdefghijklmnopqrstuvwx"[row]}x`).map((text, i) => ({
    him: `${text} him`,
    her: `${text} her`,
    cluster: Math.floor(i / 3),
  }));
  const texts = pairs.map(({ him, her }) => ({ him, her }));
  const numbers = pairs.map(({ cluster }) => cluster);
  it.each([
    ["a field of the pairs", { "sentences.json": { pairs } }],
    ["a list beside the pairs", { "sentences.json": { pairs: texts, clusters: numbers } }],
    ["a list beside a longer list of pairs", { "sentences.json": { pairs: [...pairs, ...pairs] } }],
    [
      "lists of each condition",
      { "sentences.json": { pairs: texts, clusters: { him: numbers, her: numbers } } },
    ],
    ["a file of their own", { "sentences.json": { pairs: texts }, "clusters.json": numbers }],
    [
      "lines of a text file",
      {
        "sentences.json": { pairs: texts },
        "clusters.txt": numbers.map((i) => `c${i}`).join("\n"),
      },
    ],
    [
      "a table beside each condition",
      {
        "sentences.json": { pairs: texts },
        "him.csv": `id,template\n${numbers.map((c, i) => `${i},${c}`).join("\n")}\n`,
        "her.csv": `id,template\n${numbers.map((c, i) => `${i},${c}`).join("\n")}\n`,
      },
    ],
  ])("are %s", async (name, beside) => {
    const found = await run(await write(`sidecar-${name}`, {}, beside));
    expectWhole(found);
    expect(found.validation.clusters).toMatchObject({ count: 8, origins: ["named"] });
    expect(found.validation.scheme).toMatchObject({ grouping: "pairs" });
  });

  it("are a list beside a list of sentences, and records of both conditions", async () => {
    const list2 = { sentences: texts.map(({ him }) => him), clusters: numbers };
    const found = await run(
      await write("lists", {}, { "him.sentences.json": list2, "her.sentences.json": list2 }),
    );
    expect(found.validation.clusters.origins).toContain("named");
    const records = (["him", "her"] as const).flatMap((condition) =>
      pairs.map((pair, i) => ({
        condition,
        sentence: pair[condition],
        template: `t${numbers[i]}`,
      })),
    );
    const same = await run(await write("records", {}, { "sentences.json": records }));
    expectWhole(same);
    expect(same.validation.clusters.origins).toContain("named");
  });

  it("are selected along with the rows", async () => {
    const vectors = { clusters: byThree("c") };
    const { him, her } = await write("selected", { him: vectors, her: vectors });
    const found = await run({ him: `${him}[rows=3:24]`, her: `${her}[rows=3:24]` });
    expect(found.validation.clusters).toMatchObject({ count: 7, origins: ["named"] });
  });
});

describe("names of rows that cannot be used", () => {
  const same = (texts: readonly string[] | readonly number[]) => ({
    him: { clusters: texts },
    her: { clusters: texts },
  });
  const cases: readonly (readonly [string, { him?: Vectors; her?: Vectors }, RegExp])[] = [
    ["constant clusters", same(list(() => "one")), /names one and the same for all 48 rows/],
    [
      "clusters that are constant in each condition",
      { him: { clusters: list(() => "a") }, her: { clusters: list(() => "b") } },
      /one and the same for all rows of a condition/,
    ],
    [
      "unique clusters",
      { him: { clusters: list((i) => `t${i}`) }, her: { clusters: list((i) => `r${i}`) } },
      /each of the 48 rows has a name of its own/,
    ],
    [
      "unique groups",
      { him: { groups: list((i) => `t${i}`) }, her: { groups: list((i) => `r${i}`) } },
      /no two of the 48 rows have a name in common/,
    ],
    ["nothing but NaN", same(list(() => "").map(() => Number.NaN)), /names none of the 24 rows/],
    [
      "clusters of another length",
      same(byThree("c").slice(2)),
      /clusters has 22 values for 24 rows/,
    ],
    [
      "clusters of one condition alone",
      { him: { clusters: byThree("c") }, her: {} },
      /Only him has a column of clusters: each row of her is taken to stand alone/,
    ],
    [
      "pairs of one condition alone",
      { him: { pair: list(String) }, her: {} },
      /Only him has identifiers of pairs/,
    ],
    [
      "a second column of clusters, which is said",
      {
        him: { clusters: byThree("c"), pair: list(String) },
        her: { clusters: byThree("c").reverse(), pair: list(String) },
      },
      /Clusters and pairs disagree/,
    ],
  ];
  it.each(cases)("%s: one line, and the rest is there", async (name, files, line) => {
    const found = await run(await write(`bad-${name}`, files));
    expectWhole(found);
    const said = lines(found).filter((each) => line.test(each));
    expect(said.length).toBeGreaterThan(0);
    for (const each of said) expect(each).not.toContain("\n");
  });

  it("clusters that pairs cross until nothing can be held out: named as they are, and no verdict", async () => {
    const crossing = { pair: list(String), clusters: list((row) => `c${row % 8}`) };
    const found = await run(
      await write("crossing", {
        him: { pair: crossing.pair, clusters: byThree("c") },
        her: crossing,
      }),
    );
    expectWhole(found);
    expect(found.validation.verdict).toBe("cannot-tell");
    expect(found.validation.warnings).toContainEqual({
      code: "misalignedPairs",
      text: expect.stringMatching(
        /^Clusters and pairs disagree: .* neither the ratio nor p can be trusted/,
      ) as string,
    });
  });

  it("NaN for some rows: these stand alone", async () => {
    const numbers = list(String).map((_, row) => (row < 4 ? Number.NaN : Math.floor(row / 4)));
    const found = await run(await write("gaps", same(numbers)));
    expectWhole(found);
    // Four rows of each condition alone, five clusters of rows of both.
    expect(found.validation.clusters).toMatchObject({ count: 13, origins: ["named"] });
    expect(lines(found).join("\n")).toMatch(/names nothing .* for 4 of 24 rows/);
  });

  it("fewer clusters than folds, and one giant one", async () => {
    const three = list((row) => `c${row % 3}`);
    const found = await run(await write("three", same(three)));
    expect(found.validation.heldOut?.ratio).toBeGreaterThan(0);
    expect(found.validation.scheme).toMatchObject({ folds: 3 });
    expect(lines(found).join("\n")).toMatch(/5 folds: only 3 .* so 3 folds are used/);
    const giant = list((row) => (row < 18 ? "giant" : `c${row}`));
    const large = await run(await write("giant", same(giant)));
    expectWhole(large);
    expect(large.validation.clusters.count).toBe(7);
  });

  it("a column of labels called group pairs nothing", async () => {
    const both = join(folder, "labelled.npz");
    const { values } = plain(1, 6);
    const label = [...list(() => "him"), ...list(() => "her")];
    await writeFile(
      both,
      npzFile(
        {
          X: [
            [2 * rows, columns],
            [...values, ...plain(2).values],
          ],
        },
        { group: label, template: [...byThree("t"), ...byThree("r")] },
      ),
    );
    const found = await run({ him: `${both}[group=him]`, her: `${both}[group=her]` });
    expectWhole(found);
    expect(found.validation.clusters).toMatchObject({ count: 16, origins: ["named"] });
  });

  it("clusters on both sides of a train/test split", async () => {
    const vectors = { clusters: list((row) => `c${row % 8}`), pair: list(String) };
    const files = await write("straddling", { him: vectors, her: vectors });
    const split = ["--train-rows", "0:12", "--test-rows", "12:24"];
    const found = await run(files, ...split);
    expect(found.validation.omitted.join("\n")).toMatch(
      /both sides of the train\/test split \(8 clusters\)/,
    );
    expect(found.validation.verdict).toBe("cannot-tell");
    const apart = { clusters: byThree("c"), pair: list(String) };
    const clean = await run(await write("apart", { him: apart, her: apart }), ...split);
    expect(clean.validation.omitted.join("\n")).not.toMatch(/both sides/);
    expect(clean.validation.verdict).not.toBe("cannot-tell");
  });
});

describe("sentences that do not fit the rows", () => {
  const sentences = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      him: `word${i} ${i % 2 ? "an" : "ob"}${i} him`,
      her: `word${i} ${i % 2 ? "an" : "ob"}${i} her`,
    }));

  it.each([
    [
      "a shorter list of pairs",
      { pairs: sentences(20) },
      /sentences\.json does not describe the 24 rows of .* \(it has 20 pairs\) and is not used/,
    ],
    ["a shorter list", sentences(20).map(({ him }) => him), /\(it has 20 texts\) and is not used/],
    ["a longer list", sentences(30).map(({ him }) => him), /\(it has 30 texts\) and is not used/],
  ] as const)("%s: one line", async (name, content, line) => {
    const found = await run(await write(`sentences-${name}`, {}, { "sentences.json": content }));
    expectWhole(found);
    expect(lines(found).join("\n")).toMatch(line);
    expect(found.validation.scheme).toMatchObject({ grouping: "none" });
  });

  it("a longer list of pairs names the first rows", async () => {
    const found = await run(
      await write("longer", {}, { "sentences.json": { pairs: sentences(30) } }),
    );
    expectWhole(found);
    expect(found.validation.scheme).toMatchObject({ grouping: "pairs" });
    expect(lines(found).join("\n")).not.toMatch(/not used/);
  });

  it("empty sentences share no template and repeat nothing", async () => {
    const pairs = sentences(24).map((pair, i) => (i < 12 ? { him: "", her: "" } : pair));
    const found = await run(await write("empty", {}, { "sentences.json": { pairs } }));
    expectWhole(found);
    expect(found.validation.clusters.count).toBe(48);
    expect(found.validation.distinct).toEqual({ target: 24, reference: 24 });
  });

  it("sentences of one condition alone are looked at, and said to be alone", async () => {
    const own = ["The cat sat on the mat", "The dog lay in a basket", "One bird flew over hills"];
    const texts = list((row) => own[row % 3] ?? "");
    const found = await run(await write("alone", {}, { "him.sentences.json": texts }));
    expect(lines(found).join("\n")).toMatch(/Only him has sentences/);
    expect(found.validation.distinct).toEqual({ target: 3, reference: 24 });
  });
});

describe("rows that are all the same", () => {
  const constant = (value: number) =>
    matrix(rows, columns, new Float64Array(rows * columns).fill(value));
  it.each([
    ["in one condition", { him: plain(1), her: constant(0.5) }, /does not vary/],
    ["in both", { him: constant(0.5), her: constant(0.25) }, /does not vary|no variance/],
    ["across both", { him: constant(0.5), her: constant(0.5) }, /does not vary|identical/],
  ] as const)("%s: one line", async (name, data, line) => {
    const { him, her } = await write(`same-${name}`, {}, {}, data);
    const { code, output, errors } = await eigenlens("run", him, her, ...few);
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toMatch(/^[^\n]+\n$/);
    expect(errors).toMatch(line);
  });
});

describe("eigenlens transfer", () => {
  it("knows clusters and repeats of the rows it is tried on", async () => {
    const files = await write("fitted", {});
    const document = join(folder, "fitted.ged.safetensors");
    await eigenlens("run", files.him, files.her, "--out", document);
    const twice = (half: Matrix) =>
      matrix(rows, columns, Float64Array.of(...half.values, ...half.values));
    const vectors = { clusters: list((row) => `c${Math.floor((row % 12) / 2)}`) };
    const tried = await write(
      "tried",
      { him: vectors, her: {} },
      {},
      {
        him: twice(plain(3, 1, 12)),
        her: plain(4),
      },
    );
    const { code, output } = await eigenlens(
      ...["transfer", document, tried.him, tried.her, "--permutations", "99", "--json"],
    );
    expect(code).toBe(0);
    const { warnings } = JSON.parse(output) as TransferResult;
    expect(warnings).toEqual([
      expect.stringMatching(/^Rows repeat each other \(24 target rows, 12 distinct; /),
      expect.stringMatching(/^Only him has a column of clusters/),
    ]);
  });

  it("scores rows of one cluster in a condition, or of two in all", async () => {
    const files = await write("few-clusters", {});
    const document = join(folder, "few-clusters.ged.safetensors");
    await eigenlens("run", files.him, files.her, "--out", document);
    const tried = await write(
      "one-cluster",
      {
        him: { clusters: list(() => "all") },
        her: { clusters: list((row) => (row < 2 ? `${row}` : "all")) },
      },
      {},
      { him: plain(7), her: plain(8) },
    );
    const both = await write("two-clusters", {
      him: { clusters: list((row) => (row < 12 ? "a" : "b")) },
      her: { clusters: list((row) => (row < 12 ? "a" : "b")) },
    });
    for (const { him, her } of [tried, both]) {
      const { code, output } = await eigenlens("transfer", document, him, her, "--json");
      expect(code).toBe(0);
      const { score, permutation } = JSON.parse(output) as TransferResult;
      expect(score.ratio).toBeGreaterThan(0);
      expect(permutation?.permuted.length).toBe(1000);
    }
    const fixed = await write(
      "fixed",
      { him: { clusters: list(() => "t") }, her: { clusters: list((row) => `r${row % 2}`) } },
      {},
      { him: plain(9), her: plain(10) },
    );
    const { code, output } = await eigenlens("transfer", document, fixed.him, fixed.her, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ score: { ratio: expect.any(Number) as number } });
  });
});
