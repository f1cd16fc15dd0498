import { describe, expect, it } from "vitest";
import { distinctNames } from "../../../../src/conditions/naming/distinctNames.ts";
import { guessName } from "../../../../src/conditions/naming/guessName.ts";
import { parseSource } from "../../../../src/conditions/parseSource.ts";

function names(a: string, b: string): readonly [string, string] {
  const named = (text: string) => {
    const source = parseSource(text);
    return { source, name: guessName(source) };
  };
  return distinctNames(named(a), named(b));
}

describe("two conditions", () => {
  it.each([
    ["him.npy", "her.npy", "him", "her"],
    ["a/him.npy", "b/him.npy", "him (a)", "him (b)"],
    ["x/a/him.npy", "y/a/him.npy", "him (x/a)", "him (y/a)"],
    ["him.npy", "b/him.npy", "him", "him (b)"],
    ["C:\\a\\him.npy", "C:\\b\\him.npy", "him (a)", "him (b)"],
    ["him.npy", "him.npz", "him (npy)", "him (npz)"],
    ["layer5_him.npy", "layer6_him.npy", "him (layer5)", "him (layer6)"],
    ["him.npy", "him_2.npy", "him", "him (2)"],
    ["f.npz#blocks.5.him", "f.npz#blocks.6.him", "him (blocks.5)", "him (blocks.6)"],
    ["x.npz#X[labels=him]", "y.npz#X[labels=him]", "him (x)", "him (y)"],
    ["him.npy[rows=0:20]", "him.npy[rows=20:40]", "him (rows 0:20)", "him (rows 20:40)"],
    ["him.npy[rows=0::2]", "him.npy[rows=1::2]", "him (rows 0::2)", "him (rows 1::2)"],
    ["him.npy", "him.npy[rows=20:40]", "him", "him (rows 20:40)"],
    ["him.npy[token=last]", "him.npy[token=mean]", "him (token last)", "him (token mean)"],
    ["f.npz#X[labels=him,name=N]", "f.npz#X[labels=her,name=N]", "N (him)", "N (her)"],
    ["f.npz#X[a=1,name=N]", "f.npz#X[b=1,name=N]", "N (a)", "N (b)"],
    ["a/him.npy[name=N]", "b/her.npy[name=N]", "N (him)", "N (her)"],
    ["./him.npy", "him.npy", "him (target)", "him (reference)"],
    ['f.npz#X[labels="him "]', "f.npz#X[labels=him]", "him (target)", "him (reference)"],
    ["f.npz#X[labels=\u200bhim]", "f.npz#X[labels=him]", "\u200bhim", "him"],
  ])("%s and %s", (a, b, first, second) => expect(names(a, b)).toEqual([first, second]));

  it("are told apart where composed and decomposed letters look alike", () => {
    const [a, b] = names("d\u00e9j\u00e0.npy", "de\u0301ja\u0300.npy");
    expect(a.normalize("NFC")).not.toBe(b.normalize("NFC"));
  });
});
