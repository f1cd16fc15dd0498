import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeFileSystem } from "../../../../src/activations/nodeFileSystem.ts";
import { parseTokenSets } from "../../../../src/directions/lens/lensLogits.ts";
import { logitLens, type LensWeights } from "../../../../src/directions/lens/logitLens.ts";
import { readTokenNames } from "../../../../src/directions/lens/vocabulary.ts";
import { withWeight, type Weight } from "../../../../src/directions/lens/weights.ts";

const data = join(import.meta.dirname, "data");
/** NumPy's products of the same weights, see `data`: W[i, j] = sin(3 i + 7 j + 1), [12, 5]. */
const numpy = JSON.parse(readFileSync(join(data, "numpy.json"), "utf8")) as Record<
  string,
  number[]
>;
const direction = Float64Array.from({ length: 5 }, (_, j) => Math.cos(j));
const names = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? ` t${i}` : `t${i}`));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eigenlens-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the logit lens", () => {
  it.each(["unembedding.npy", "transposed.npy"])("equals NumPy's product with %s", async (file) => {
    expectLogits(await lens(file), numpy.plain);
  });

  it.each(["rms", "layer", "gemma"] as const)("goes through a final norm: %s", async (kind) => {
    const found = await withFile("norm.npy", (weight) =>
      lens("unembedding.npy", { norm: { weight, kind } }),
    );
    expectLogits(found, numpy[kind]);
  });

  it("goes from the neurons of an MLP through its projection", async () => {
    const neurons = Float64Array.from({ length: 7 }, (_, j) => Math.sin(j));
    const found = await withFile("down.npy", (down) => lens("unembedding.npy", { down }, neurons));
    expectLogits(found, numpy.down);
  });

  it("compares two sets of tokens, those with a space before them first", async () => {
    const sets = parseTokenSets("t2,t3/t4");
    const { v } = await withFile("unembedding.npy", (unembedding) =>
      logitLens({ v: direction }, { unembedding }, ["t2", ...names.slice(1)], { sets, most: 2 }),
    );
    const wanted = (numpy.plain[2] + numpy.plain[3]) / 2 - numpy.plain[4];
    expect(v.score?.difference).toBeCloseTo(wanted, 10);
    expect(v.score?.sign).toBe(Math.sign(wanted));
    expect([v.up.length, v.down.length]).toEqual([2, 2]);
  });

  it.each([
    ["quantised.npy", names, direction, /int8, so it is quantised/],
    ["unembedding.npy", names, direction.slice(1), /\[12, 5\], and the direction has 4 values/],
    [
      "unembedding.npy",
      [...names, "one more"],
      direction,
      /names 13 tokens, .* has 12: .*another model/,
    ],
  ])("refuses what does not fit in one line: %s", async (file, tokens, vector, line) => {
    await expect(
      withFile(file, (unembedding) => logitLens({ v: vector }, { unembedding }, tokens)),
    ).rejects.toThrow(line);
  });

  it("refuses a word that is no token, and sets that are none", async () => {
    const sets = parseTokenSets("missing/t4");
    await expect(
      withFile("unembedding.npy", (unembedding) =>
        logitLens({ v: direction }, { unembedding }, names, { sets }),
      ),
    ).rejects.toThrow(/"missing" is no single token/);
    for (const text of ["he", "he/", "/she", "a/b/c", ""]) {
      expect(() => parseTokenSets(text)).toThrow(/no two sets of tokens/);
    }
  });
});

describe("names of tokens", () => {
  it.each([
    [
      "bpe.json",
      {
        model: { type: "BPE", vocab: { "\u0120he": 1, she: 0 } },
        added_tokens: [{ id: 2, content: "<eos>" }],
      },
    ],
    [
      "unigram.json",
      {
        model: {
          type: "Unigram",
          vocab: [
            ["she", -1],
            ["\u2581he", -2],
            ["<eos>", 0],
          ],
        },
      },
    ],
    ["vocab.json", { "\u0120he": 1, she: 0, "<eos>": 2 }],
    ["list.json", ["she", "\u0120he", "<eos>"]],
    ["lines.txt", "she\n\u2581he\r\n<eos>\n"],
  ])("are read from %s", async (file, content) => {
    const path = join(folder, file);
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    expect(await readTokenNames(path, nodeFileSystem)).toEqual(["she", " he", "<eos>"]);
  });

  it.each([
    ["{", /no valid JSON/],
    ["{}", /holds no token/],
    ['{"a": "b"}', /no vocabulary/],
    ['{"a": -1}', /no number below/],
    ['{"a": 1e15}', /no number below/],
    ["[1, 2]", /neither a table nor a list/],
  ])("are refused in one line: %s", async (content, line) => {
    const path = join(folder, "bad.json");
    await writeFile(path, content);
    await expect(readTokenNames(path, nodeFileSystem)).rejects.toThrow(line);
  });
});

function withFile<Result>(file: string, use: (weight: Weight) => Promise<Result>) {
  return withWeight({ path: join(data, file) }, nodeFileSystem, use);
}

/** Every logit, by the token's number. */
async function lens(
  file: string,
  more: Omit<LensWeights, "unembedding"> = {},
  vector = direction,
): Promise<number[]> {
  const { v } = await withFile(file, (unembedding) =>
    logitLens({ v: vector }, { unembedding, ...more }, names, { most: 12 }),
  );
  expect(v.up.map(({ id }) => id)).toEqual(v.down.map(({ id }) => id).reverse());
  for (const { id, token } of v.up) expect(token).toBe(names[id]);
  return [...v.up].sort((a, b) => a.id - b.id).map(({ logit }) => logit);
}

function expectLogits(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 12));
}
