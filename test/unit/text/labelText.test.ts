import { describe, expect, it } from "vitest";
import { labelText } from "../../../src/text/labelText.ts";

describe("a value of a file as a label", () => {
  it.each([
    ["him", "him"],
    [3, "3"],
    [3n, "3"],
    [true, "true"],
    [null, ""],
    [undefined, ""],
    [["him", 2n], '["him","2"]'],
    [{ pronoun: "him" }, '{"pronoun":"him"}'],
  ])("%s is %s", (value, text) => {
    expect(labelText(value)).toBe(text);
  });
});
