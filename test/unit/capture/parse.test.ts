import { describe, expect, it } from "vitest";
import { parseConditions, parseLayers, parseTokenRule } from "../../../src/capture/parse.ts";

describe("layers", () => {
  it("are numbers and ranges, ascending and once each", () => {
    expect(parseLayers("0,6")).toEqual([0, 6]);
    expect(parseLayers(" 6, 2-4 ,3")).toEqual([2, 3, 4, 6]);
  });

  it.each(["", ",", "6,", "-1", "1.5", "six", "4-2", "0-9999", "1e3", "all"])(
    "refuses %j in one line",
    (text) => {
      expect(() => parseLayers(text)).toThrow(/names no layers: write numbers of blocks/);
    },
  );
});

describe("a token", () => {
  it("is a rule, a position, a word, or a word for each condition", () => {
    expect(parseTokenRule("last")).toEqual({ kind: "last" });
    expect(parseTokenRule(" mean ")).toEqual({ kind: "mean" });
    expect(parseTokenRule("3")).toEqual({ kind: "index", index: 3 });
    expect(parseTokenRule("index:-2")).toEqual({ kind: "index", index: -2 });
    expect(parseTokenRule("bank")).toEqual({ kind: "word", words: ["bank"] });
    expect(parseTokenRule("him/her")).toEqual({ kind: "word", words: ["him", "her"] });
    expect(parseTokenRule("word:last")).toEqual({ kind: "word", words: ["last"] });
  });

  it.each(["", "/", "him/", "a/b/c", "word:"])("refuses %j in one line", (text) => {
    expect(() => parseTokenRule(text)).toThrow(/is no token: write last, mean/);
  });
});

describe("conditions", () => {
  it("are two", () => {
    expect(parseConditions("him, her")).toEqual(["him", "her"]);
  });

  it.each(["", "him", "him,", ",her", "him,her,it"])("refuses %j in one line", (text) => {
    expect(() => parseConditions(text)).toThrow(/names no two conditions/);
  });
});
