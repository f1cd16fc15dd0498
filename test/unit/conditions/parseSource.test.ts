import { describe, expect, it } from "vitest";
import { parseSource } from "../../../src/conditions/parseSource.ts";

describe("parseSource", () => {
  const cases: readonly (readonly [string, object])[] = [
    ["him.npy", { path: "him.npy" }],
    ["a/all.safetensors#blocks.6.him", { path: "a/all.safetensors", tensor: "blocks.6.him" }],
    ["f.h5#layer6/him", { path: "f.h5", tensor: "layer6/him" }],
    ["C#/him.npy", { path: "C#/him.npy" }],
    ["C#/f.npz#X", { path: "C#/f.npz", tensor: "X" }],
    ["run[1]/him.npy", { path: "run[1]/him.npy" }],
    [
      "run[1]/f.npz#X[labels=him]",
      { path: "run[1]/f.npz", tensor: "X", label: { column: "labels", value: "him" } },
    ],
    ["f.csv[condition=her]", { path: "f.csv", label: { column: "condition", value: "her" } }],
    ['f.csv[c="a, b]"]', { path: "f.csv", label: { column: "c", value: "a, b]" } }],
    [
      String.raw`f.csv[sentences~/\bhim\b/]`,
      { path: "f.csv", sentences: { column: "sentences", pattern: String.raw`\bhim\b` } },
    ],
    [
      "f.csv[text~/[a,b]{1,2}/i,rows=2:5]",
      {
        path: "f.csv",
        sentences: { column: "text", pattern: "/[a,b]{1,2}/i" },
        rows: { start: 2, stop: 5 },
      },
    ],
    ["t.npy[token=last]", { path: "t.npy", token: { kind: "last" } }],
    ["t.npy[token=mean]", { path: "t.npy", token: { kind: "mean" } }],
    ["t.npy[token=index:5]", { path: "t.npy", token: { kind: "index", index: 5 } }],
    ["t.npy[token=-1]", { path: "t.npy", token: { kind: "index", index: -1 } }],
    ["t.npy[token=file:i.json]", { path: "t.npy", token: { kind: "indexFile", path: "i.json" } }],
    ["t.npy[rows=3:]", { path: "t.npy", rows: { start: 3, stop: Number.MAX_SAFE_INTEGER } }],
    ["t.npy[dtype=bfloat16,name=him]", { path: "t.npy", elementType: "bfloat16", name: "him" }],
  ];
  for (const [text, source] of cases) {
    it(text, () => expect(parseSource(text)).toEqual(source));
  }

  const faults: readonly (readonly [string, RegExp])[] = [
    ["him.npy[foo]", /cannot be read: write \[labels=him\]/],
    ["him.npy[rows=5:2]", /\[rows=5:2\] cannot be read/],
    ["him.npy[rows=a:b]", /rows=a:b/],
    ["him.npy[token=first]", /token=last, token=mean/],
    ["him.npy[dtype=float7]", /only bfloat16/],
    ["him.npy[sentences~/(/]", /no regular expression/],
    ["", /names no file/],
  ];
  for (const [text, message] of faults) {
    it(`${text} is refused`, () => expect(() => parseSource(text)).toThrow(message));
  }
});
