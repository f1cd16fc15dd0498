import { describe, expect, it } from "vitest";
import { customaryOrder, guessName } from "../../../../src/conditions/naming/guessName.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";

describe("guessName", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["him.npy", "him"],
    ["/data/her_layer6.npy", "her"],
    ["layer_12_him_f16.safetensors", "him"],
    ["all.safetensors#blocks.6.mlp.hook_post.her", "her"],
    ["all.npz#layer3_him", "him"],
    ["f.h5#layer6/her", "her"],
    ["him.npz#X", "him"],
    ["f.npz#X[labels=1]", "1"],
    [String.raw`f.csv[sentences~/\bher\b/]`, "her"],
    ["activations_positive.pt#acts", "positive"],
    ["paris.npy", "paris"],
    ["x.npy[name=women]", "women"],
  ];
  for (const [text, name] of cases) {
    it(`${text} is ${name}`, () => expect(guessName(parseSource(text))).toBe(name));
  }
});

describe("customaryOrder", () => {
  it("knows him before her, target before reference and A before B, in any case", () => {
    expect(customaryOrder("him", "her")).toBe(1);
    expect(customaryOrder("Her", "Him")).toBe(-1);
    expect(customaryOrder("reference", "target")).toBe(-1);
    expect(customaryOrder("a", "B")).toBe(1);
    expect(customaryOrder("paris", "rome")).toBe(0);
  });
});
