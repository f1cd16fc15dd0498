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
      {
        path: "run[1]/f.npz",
        tensor: "X",
        label: { column: "labels", value: "him" },
        longerNames: [{ tensor: "X[labels=him]", swallowed: ["label"] }],
      },
    ],
    ["f.npz#model.transformer.h[2]", { path: "f.npz", tensor: "model.transformer.h[2]" }],
    ["f.npz#a[0][1]", { path: "f.npz", tensor: "a[0][1]" }],
    ["runs/layer[2]", { path: "runs/layer[2]" }],
    ["runs[a=b]/f.npy[rows=0:5]", { path: "runs[a=b]/f.npy", rows: { start: 0, stop: 5 } }],
    [
      "f.npz#a[0][rows=0:5]",
      {
        path: "f.npz",
        tensor: "a[0]",
        rows: { start: 0, stop: 5 },
        longerNames: [{ tensor: "a[0][rows=0:5]", swallowed: ["rows"] }],
      },
    ],
    [
      "f.npz#x[labels=him,token=last][rows=0:5]",
      {
        path: "f.npz",
        tensor: "x",
        label: { column: "labels", value: "him" },
        token: { kind: "last" },
        rows: { start: 0, stop: 5 },
        longerNames: [
          {
            tensor: "x[labels=him,token=last][rows=0:5]",
            swallowed: ["label", "token", "rows"],
          },
          { tensor: "x[labels=him,token=last]", swallowed: ["label", "token"] },
        ],
      },
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
    [
      "t.npy[rows=0::2]",
      { path: "t.npy", rows: { start: 0, stop: Number.MAX_SAFE_INTEGER, step: 2 } },
    ],
    [
      "t.npy[rows=::3]",
      { path: "t.npy", rows: { start: 0, stop: Number.MAX_SAFE_INTEGER, step: 3 } },
    ],
    ["t.npy[rows=1:9:1]", { path: "t.npy", rows: { start: 1, stop: 9 } }],
    ["t.npy[rows=1:9:]", { path: "t.npy", rows: { start: 1, stop: 9 } }],
    ["t.npy[rows=-5:]", { path: "t.npy", rows: { start: -5, stop: Number.MAX_SAFE_INTEGER } }],
    ["t.npy[rows=:-5]", { path: "t.npy", rows: { start: 0, stop: -5 } }],
    ["t.npy[rows=-5:-1:2]", { path: "t.npy", rows: { start: -5, stop: -1, step: 2 } }],
    ['f.csv["rows"=3]', { path: "f.csv", label: { column: "rows", value: "3" } }],
    ['f.csv["a=b,[c]"=" x "]', { path: "f.csv", label: { column: "a=b,[c]", value: " x " } }],
    ["f.csv[c=a[1]]", { path: "f.csv", label: { column: "c", value: "a[1]" } }],
    [
      "saelens#blocks.6.hook_resid_post[token=last]",
      {
        path: "saelens",
        tensor: "blocks.6.hook_resid_post",
        token: { kind: "last" },
        longerNames: [{ tensor: "blocks.6.hook_resid_post[token=last]", swallowed: ["token"] }],
      },
    ],
    ["../runs/shards#acts", { path: "../runs/shards", tensor: "acts" }],
    ["runs#2/him.npy", { path: "runs#2/him.npy" }],
    ["him/*.pt", { path: "him/*.pt" }],
    ["him/*.pt#h", { path: "him/*.pt", tensor: "h" }],
    [
      "four.npy[axes=row:layer:token:neuron,layer=2,token=-1]",
      {
        path: "four.npy",
        axes: ["row", "layer", "token", "neuron"],
        layer: 2,
        token: { kind: "index", index: -1 },
      },
    ],
    [
      "h.npy[axes=row:head:neuron,head=all]",
      { path: "h.npy", axes: ["row", "head", "neuron"], head: "all" },
    ],
    ["h.npy[head=3]", { path: "h.npy", head: 3 }],
    ["f.csv[layer=early]", { path: "f.csv", label: { column: "layer", value: "early" } }],
    ['f.csv["layer"=3]', { path: "f.csv", label: { column: "layer", value: "3" } }],
    ["t.npy[dtype=bfloat16,name=him]", { path: "t.npy", elementType: "bfloat16", name: "him" }],
  ];
  for (const [text, source] of cases) {
    it(text, () => expect(parseSource(text)).toEqual(source));
  }

  const faults: readonly (readonly [string, RegExp])[] = [
    ["him.npy[foo]", /cannot be read: write \[labels=him\]/],
    ["him.npy[rows=5:2]", /\[rows=5:2\] cannot be read/],
    ["him.npy[rows=a:b]", /rows=a:b/],
    ["him.npy[rows=-2:-5]", /\[rows=-2:-5\] cannot be read/],
    ["him.npy[rows=0:9:0]", /STEP at least 1/],
    ["him.npy[rows=9:0:-1]", /STEP at least 1/],
    ["him.npy[rows=5]", /write \[rows=START:STOP\]/],
    ["him.npy[rows=0:99999999999999999999]", /cannot be read/],
    ["him.npy[labels=him,labels=her]", /\[labels=her\] comes second: .* one column of labels only/],
    ["four.npy[axes=row:row:neuron]", /name every axis once/],
    ["four.npy[axes=row:layers:neuron]", /of row, token, layer, head, neuron/],
    ["four.npy[axes=row:token]", /neuron is needed/],
    ["four.npy[layer=1,layer=2]", /one layer only/],
    ["him.npy[rows=0:5][rows=2:3]", /one range of rows only/],
    ["him.npy[labels=him]]", /cannot be read/],
    ["him.npy[token=first]", /token=last, token=mean/],
    ["him.npy[dtype=float7]", /only bfloat16/],
    ["him.npy[sentences~/(/]", /no regular expression/],
    ["", /names no file/],
  ];
  for (const [text, message] of faults) {
    it(`${text} is refused`, () => expect(() => parseSource(text)).toThrow(message));
  }
});
