import { describe, expect, it } from "vitest";
import { describeSource, shortSource } from "../../../../src/conditions/naming/describeSource.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";

describe("a source in words", () => {
  it.each([
    "him.npy",
    "/data/layers.safetensors#blocks.6.him",
    "data.npz#X[labels=him]",
    'data.npz#X[condition="a, b"]',
    "data.csv[sentences~/\\bhim\\b/]",
    "data.csv[sentences~/him/i]",
    "him.npy[rows=0:53]",
    "him.npy[rows=40:]",
    "him.npy[rows=0::2]",
    "him.npy[rows=1:53:7]",
    "him.npy[rows=-10:]",
    "him.npy[rows=-10:-1:3]",
    'data.npz#X[labels=" him"]',
    'data.npz#X["rows"=him]',
    'data.npz#X["a=b, [c]"=him]',
    "data.npz#X[labels=]",
    "data.npz#h[2]",
    "data.npz#h[2][rows=0:5]",
    "tokens.npy[token=last]",
    "tokens.npy[token=index:-1,rows=0:5]",
    "tokens.npy[token=file:ids.json]",
    "raw.npy[dtype=bfloat16]",
  ])("%s reads back as it was written", (text) => {
    expect(describeSource(parseSource(text))).toBe(text);
  });

  it("leaves the folder out where it is short", () => {
    expect(shortSource(parseSource("/data/a/data.npz#X[labels=him]"))).toBe(
      "data.npz#X[labels=him]",
    );
    expect(shortSource({ path: "C:\\a\\him.npy" })).toBe("him.npy");
  });
});
